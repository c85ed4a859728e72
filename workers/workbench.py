"""The composition root of everything that works on documents: opens the tools once per process."""

from datetime import datetime

from digitize.config import Config
from digitize.confinement import confine_commands
from digitize.errors import ConfigError
from digitize.extraction.doctypes import load_document_types
from digitize.recognition.choice import open_recognizer
from digitize.vietnam_time import VIETNAM_TIME
from signing.policy import open_policy
from signing.trust import load_trust_roots
from workers.stages import Tools


def vietnamese_now() -> datetime:
    """Decree 30/2020, App. I: times of signing are shown in Vietnamese time."""
    return datetime.now(VIETNAM_TIME)


def require_languages(config: Config) -> None:
    """Raises ConfigError where Tesseract or a language pack is missing: else every paper would seem unreadable."""
    facts = open_recognizer(config.recognition, config.limits).diagnostics()
    if facts["languages"] and not facts["version"]:
        raise ConfigError(detail="recognition.recognizer: tesserocr does not start; choose pytesseract")
    installed = facts["languages"].split(",")
    missing = [language for language in config.recognition.language.split("+") if language not in installed]
    if missing:
        packages = " ".join(["tesseract-ocr", *(f"tesseract-ocr-{language}" for language in missing)])
        raise ConfigError(detail=f"recognition.language: Tesseract lacks {'+'.join(missing)}; apt install {packages}")


def open_tools(config: Config) -> Tools:
    """Raises ConfigError, SigningError."""
    confine_commands(config.limits)
    doctypes = load_document_types()
    unknown = sorted(config.retention.years.keys() - doctypes.keys() - {"unknown"})
    if unknown:
        raise ConfigError(detail=f"retention.years: {', '.join(unknown)} is no type; known are {', '.join(doctypes)}")
    policy = open_policy(config.signing, config.secrets_dir)  # before the roots: it may make the development CA
    return Tools(
        config=config,
        recognizer=open_recognizer(config.recognition, config.limits),
        doctypes=doctypes,
        policy=policy,
        trust_roots=load_trust_roots(config.signing, config.secrets_dir),
        clock=vietnamese_now,
    )
