"""Reading PDF dictionaries as pyHanko gives them."""

from pyhanko.pdf_utils import generic


def look_up(dictionary: generic.DictionaryObject, key: str) -> object:
    """The value behind any reference, None where there is no such key.

    pyHanko's ``get`` is that of dict and hands out the bare reference; only ``[]`` follows it.
    """
    return dictionary[key] if key in dictionary else None  # noqa: SIM401 - see above
