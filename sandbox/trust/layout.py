"""The authority's configuration in certomancer's terms."""

from datetime import datetime, timedelta
from typing import Any

ROOT_YEARS = 20
COUNTRY = "VN"
OPERATOR = "Tỉnh Số"


def configuration(state: dict[str, Any], *, mark: str) -> dict[str, Any]:
    """
    Return certomancer's configuration for the state of the authority.

    :param state: ``url``, ``since`` and ``subjects`` by label, as :mod:`sandbox.trust.pki` keeps them
    """
    labels = ["root", "issuing", "tsa", "ocsp-issuing", *state["subjects"]]
    return {
        "external-url-prefix": state["url"],
        "keysets": {"trust": {"keys": {label: {"path": f"keys/{label}.pem"} for label in labels}}},
        "pki-architectures": {
            "trust": {
                "keyset": "trust",
                "entity-defaults": {"country-name": COUNTRY},
                "entities": _entities(state, mark),
                "certs": _authority_certificates(state) | _subject_certificates(state),
                "services": _services(),
            }
        },
    }


def _entities(state: dict[str, Any], mark: str) -> dict[str, Any]:
    own = {
        "root": "CA gốc thử nghiệm Tỉnh Số",
        "issuing": "CA cấp chứng thư thử nghiệm Tỉnh Số",
        "tsa": "Dịch vụ cấp dấu thời gian thử nghiệm",
        "ocsp-issuing": "Dịch vụ trạng thái chứng thư thử nghiệm",
    }
    entities: dict[str, Any] = {
        label: {"organization-name": OPERATOR, "organizational-unit-name": mark, "common-name": name}
        for label, name in own.items()
    }
    for label, subject in state["subjects"].items():
        organisation = subject["organisation"] or subject["common_name"]
        names = {"organization-name": organisation, "organizational-unit-name": mark}
        if subject["title"]:
            names["title"] = subject["title"]
        entities[label] = names | {"common-name": subject["common_name"]}
    return entities


def _authority_certificates(state: dict[str, Any]) -> dict[str, Any]:
    since = datetime.fromisoformat(state["since"])
    validity = {
        "valid-from": since.isoformat(),
        "valid-to": (since + timedelta(days=ROOT_YEARS * 365)).isoformat(),
    }
    return {
        "root": {
            "subject": "root",
            "issuer": "root",
            "subject-key": "root",
            "authority-key": "root",
            "validity": validity,
            "extensions": _ca_extensions(path_length=None),
        },
        "issuing": {
            "issuer": "root",
            "validity": validity,
            "extensions": [*_ca_extensions(path_length=0), _crl("root")],
        },
        "tsa": {
            "issuer": "root",
            "validity": validity,
            "extensions": [
                _key_usage("digital_signature"),
                {"id": "extended_key_usage", "critical": True, "value": ["time_stamping"]},
                _crl("root"),
            ],
        },
        "ocsp-issuing": {
            "issuer": "issuing",
            "validity": validity,
            "extensions": [
                _key_usage("digital_signature"),
                {"id": "extended_key_usage", "critical": True, "value": ["ocsp_signing"]},
                {"id": "ocsp_no_check"},
            ],
        },
    }


def _subject_certificates(state: dict[str, Any]) -> dict[str, Any]:
    certificates = {}
    for label, subject in state["subjects"].items():
        certificate: dict[str, Any] = {
            "issuer": "issuing",
            "serial": subject["serial"],
            "validity": {"valid-from": subject["valid_from"], "valid-to": subject["valid_to"]},
            "extensions": [
                _key_usage("digital_signature", "non_repudiation"),
                _crl("issuing"),
                {
                    "id": "authority_information_access",
                    "smart-value": {"schema": "aia-urls", "params": {"ocsp-responder-names": ["issuing"]}},
                },
            ],
        }
        if "revoked_at" in subject:
            certificate["revocation"] = {
                "revoked-since": subject["revoked_at"],
                "reason": "cessation_of_operation",
            }
        certificates[label] = certificate
    return certificates


def _services() -> dict[str, Any]:
    return {
        "ocsp": {
            "issuing": {
                "for-issuer": "issuing",
                "responder-cert": "ocsp-issuing",
                "signing-key": "ocsp-issuing",
            }
        },
        "crl-repo": {
            "root": {"for-issuer": "root", "signing-key": "root", "simulated-update-schedule": "P1D"},
            "issuing": {
                "for-issuer": "issuing",
                "signing-key": "issuing",
                "simulated-update-schedule": "PT1H",
            },
        },
        "cert-repo": {"root": {"for-issuer": "root", "publish-issued-certs": True}},
        "time-stamping": {"tsa": {"signing-key": "tsa", "signing-cert": "tsa"}},
    }


def _ca_extensions(*, path_length: int | None) -> list[dict[str, Any]]:
    constraints: dict[str, Any] = {"ca": True}
    if path_length is not None:
        constraints["path-len-constraint"] = path_length
    return [
        {"id": "basic_constraints", "critical": True, "value": constraints},
        _key_usage("digital_signature", "key_cert_sign", "crl_sign"),
    ]


def _key_usage(*usages: str) -> dict[str, Any]:
    return {
        "id": "key_usage",
        "critical": True,
        "smart-value": {"schema": "key-usage", "params": list(usages)},
    }


def _crl(repository: str) -> dict[str, Any]:
    return {
        "id": "crl_distribution_points",
        "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": [repository]}},
    }
