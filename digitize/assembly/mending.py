"""What of a foreign PDF can be put right for PDF/A-3b without a change to what a reader sees."""

import pikepdf

from digitize.assembly.profiles import is_usable

_FORBIDDEN_ON_PAGES = ("/AA", "/Metadata", "/PieceInfo", "/Thumb")
_ROOT_KEYS_KEPT = frozenset({"/Type", "/Pages", "/AcroForm", "/OCProperties", "/Lang", "/Names", "/Dests", "/Outlines"})
_ACTIVE_NAMES = ("/JavaScript", "/URLS", "/AlternatePresentations")
_HARMLESS_ACTIONS = frozenset({"/GoTo", "/URI"})
"""Following a link inside the document or to an address; the standard allows a few more, nobody needs them here."""
_ACTIONS_IN_A_ROW_MAX = 8
_DEVICE_SPACES = {1: pikepdf.Name.DeviceGray, 3: pikepdf.Name.DeviceRGB}


def mend(pdf: pikepdf.Pdf) -> None:
    """Drop scripts, actions and foreign metadata, and what ISO 19005-3 forbids though it changes no page."""
    root = pdf.Root
    for key in list(root.keys()):
        if key not in _ROOT_KEYS_KEPT:
            del root[key]
    _delete(root.get("/Names"), _ACTIVE_NAMES)
    _delete(root.get("/AcroForm"), ("/XFA", "/NeedAppearances"))
    _mend_layers(root.get("/OCProperties"))
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for page in pdf.pages:
        _delete(page.obj, _FORBIDDEN_ON_PAGES)
        for annotation in page.get("/Annots", pikepdf.Array()):
            _mend_actions(annotation)
            if isinstance(annotation, pikepdf.Dictionary):
                _delete(annotation.get("/AP"), ("/D", "/R"))  # 6.3.3: the normal appearance alone
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            _mend_object(item)
        elif isinstance(item, pikepdf.Array):
            _mend_colour_space(item)


def _mend_object(item: pikepdf.Dictionary | pikepdf.Stream) -> None:
    _mend_actions(item)
    _delete(item, ("/Metadata",))  # 6.6.2: what stands in it would have to be checked like our own
    if item.get("/Interpolate") and item.get("/Subtype") == "/Image":
        item.Interpolate = False  # only a wish for smoother display
    if isinstance(item.get("/ColorSpace"), pikepdf.Array):
        item.ColorSpace = _mend_colour_space(item.ColorSpace)
    for resources in (item, item.get("/Resources")):
        if isinstance(resources, pikepdf.Dictionary):
            _mend_resources(resources)


def _mend_resources(resources: pikepdf.Dictionary) -> None:
    states, spaces = resources.get("/ExtGState"), resources.get("/ColorSpace")
    for state in states.values() if isinstance(states, pikepdf.Dictionary) else ():
        _mend_graphics_state(state)
    if isinstance(spaces, pikepdf.Dictionary):
        for name in list(spaces.keys()):
            if isinstance(spaces[name], pikepdf.Array):
                spaces[name] = _mend_colour_space(spaces[name])


def _mend_actions(item: object) -> None:
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return
    if isinstance(item.get("/AA"), pikepdf.Dictionary):
        del item["/AA"]
    action = item.get("/A")
    # Attributes of structure elements are called /A too, and have no /S.
    if isinstance(action, pikepdf.Dictionary) and "/S" in action and not _is_harmless(action):
        del item["/A"]


def _is_harmless(action: pikepdf.Object) -> bool:
    for _ in range(_ACTIONS_IN_A_ROW_MAX):
        if not isinstance(action, pikepdf.Dictionary) or str(action.get("/S")) not in _HARMLESS_ACTIONS:
            return False
        if "/Next" not in action:
            return True
        action = action["/Next"]
    return False


def _mend_layers(layers: object) -> None:
    """Configurations of optional content need a name each and may not switch by themselves (6.9)."""
    if not isinstance(layers, pikepdf.Dictionary):
        return
    others = layers.get("/Configs")
    for number, each in enumerate([layers.get("/D"), *(others if isinstance(others, pikepdf.Array) else ())]):
        if isinstance(each, pikepdf.Dictionary):
            _delete(each, ("/AS", "/Order"))  # the order is that of a viewer's list, and has to name every layer
            each.Name = f"{number + 1}"


def _mend_graphics_state(state: object) -> None:
    if not isinstance(state, pikepdf.Dictionary):
        return
    _delete(state, ("/HTP",))
    if state.get("/TR") == "/Identity":
        del state["/TR"]


def _mend_colour_space(space: pikepdf.Object) -> pikepdf.Object:
    """With the device's space instead of an unusable profile, as readers do; within Indexed spaces too."""
    if len(space) > 1 and isinstance(space[1], pikepdf.Array):
        space[1] = _mend_colour_space(space[1])
    if len(space) != 2 or space[0] != "/ICCBased" or not isinstance(space[1], pikepdf.Stream):  # noqa: PLR2004
        return space
    components = int(space[1].get("/N", 0))
    device = _DEVICE_SPACES.get(components)
    if device is None or is_usable(space[1].read_bytes(), components):
        return space
    return device


def _delete(holder: object, keys: tuple[str, ...]) -> None:
    if isinstance(holder, pikepdf.Dictionary | pikepdf.Stream):
        for key in keys:
            if key in holder:
                del holder[key]
