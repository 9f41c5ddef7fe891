"""The form a signature part must have: nothing hidden, nothing twice."""

from __future__ import annotations

from lxml import etree

from jury_tui.i18n import N_
from jury_tui.signing.archive import PackageError, shown
from jury_tui.signing.xmldsig import (
    DIGESTS,
    DS,
    WEAK_DIGESTS,
)


def wrong(code: str, message: str) -> PackageError:
    """An error with its stable word."""
    return PackageError(code, message)


def odd_shape() -> PackageError:
    """The error for a signature of unexpected form."""
    return wrong(
        "signature-shape",
        N_("The signature is not built as office programs build it: not believed."),
    )


def check_shape(root: etree._Element) -> etree._Element:
    """Order of elements, no comments, no identifier twice; gives SignedInfo."""
    if root.getprevious() is not None or root.getnext() is not None:
        raise odd_shape()
    seen: set[str] = set()
    manifests = 0
    for element in root.iter():
        if not isinstance(element.tag, str):
            raise wrong(
                "signature-comment",
                N_("The signature hides a comment in what was signed: refused."),
            )
        manifests += element.tag == f"{{{DS}}}Manifest"
        if element is not root and element.tag == f"{{{DS}}}Signature":
            raise odd_shape()
        for key, text in element.attrib.items():
            name = str(key)
            if name.startswith("{http://www.w3.org/XML/1998/namespace}"):
                raise odd_shape()
            if name.rpartition("}")[2].lower() == "id":
                if str(text) in seen:
                    raise wrong(
                        "id-twice",
                        N_("Two elements of the signature have the same identifier."),
                    )
                seen.add(str(text))
    tags = [element.tag for element in root]
    expected = [f"{{{DS}}}{tag}" for tag in ("SignedInfo", "SignatureValue", "KeyInfo")]
    if root.tag != f"{{{DS}}}Signature" or tags[:3] != expected:
        raise odd_shape()
    if set(tags[3:]) != {f"{{{DS}}}Object"}:
        raise odd_shape()
    if manifests != 1:
        raise wrong(
            "manifest-count",
            N_("The signature must hold one list of what it signs, and only one."),
        )
    return root[0]


def attribute(parent: etree._Element, tag: str, name: str) -> str:
    """An attribute of the one child with that name."""
    found = parent.findall(f"{{{DS}}}{tag}")
    if len(found) != 1 or found[0].get(name) is None:
        raise odd_shape()
    return str(found[0].get(name))


def digest_of(reference: etree._Element, weak: list[str]) -> tuple[str, str]:
    """Method and value of a reference."""
    method = attribute(reference, "DigestMethod", "Algorithm")
    if method not in DIGESTS:
        raise PackageError(
            "algorithm",
            N_("The signature uses an algorithm that is not accepted: {name}."),
            name=shown(method),
        )
    if method in WEAK_DIGESTS:
        weak.append(WEAK_DIGESTS[method])
    values = reference.findall(f"{{{DS}}}DigestValue")
    if len(values) != 1:
        raise odd_shape()
    return method, "".join((values[0].text or "").split())
