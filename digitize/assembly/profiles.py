"""ICC profiles: the one we declare, and which of a scanner's may stand in an archive (ISO 19005-3, 6.2.4.2)."""

import io
from functools import cache

from PIL import ImageCms

_CLASSES = frozenset({"scnr", "mntr", "prtr", "spac"})
"""Input, display, output and colour space profiles; links and named colours describe no image."""
_SPACES = {1: "GRAY", 3: "RGB", 4: "CMYK"}
_VERSION_BELOW = 5.0
_ERRORS = (ImageCms.PyCMSError, OSError, ValueError, TypeError)


@cache
def srgb_profile() -> bytes:
    """An sRGB ICC profile, as LittleCMS builds it (588 bytes)."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def is_usable(untrusted_profile: bytes, components: int) -> bool:
    """Whether a reader may rely on it for images of so many components."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(untrusted_profile)).profile
        return (
            profile.device_class.strip() in _CLASSES
            and profile.xcolor_space.strip() == _SPACES.get(components)
            and profile.version < _VERSION_BELOW
        )
    except _ERRORS:
        return False


def is_srgb(profile: bytes) -> bool:
    """Whether it only says what our output intent says for the whole document."""
    try:
        return "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except _ERRORS:
        return False
