"""The register: where a tutor keeps assignments and what became of them."""
