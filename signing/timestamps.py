"""RFC 3161 timestamps over HTTP, with an answer that is checked before it is believed."""

from asn1crypto import cms
from pyhanko.sign.timestamps import HTTPTimeStamper

from digitize.errors import TimestampError


class CheckedTimeStamper(HTTPTimeStamper):
    """Asks the TSA for each signature; safe to share between threads, since it keeps no connection.

    Any failure is TimestampError: no answer in time, a refusal, an answer to another question. pyHanko
    compares the nonce but not the hash that was stamped, and stumbles over a wrong nonce with an
    AttributeError, so both are dealt with here.
    """

    def __init__(self, url: str, time_limit_s: int) -> None:
        super().__init__(url, timeout=time_limit_s)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            info = token["content"]["encap_content_info"]["content"].parsed
            imprint = info["message_imprint"]
            answers = (
                imprint["hashed_message"].native == message_digest
                and imprint["hash_algorithm"]["algorithm"].native == md_algorithm
            )
        except Exception:  # noqa: BLE001 - whatever a foreign server provokes means: no usable timestamp
            raise TimestampError from None
        if not answers:
            raise TimestampError
        return token
