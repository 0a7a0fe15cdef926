"""Register files: ``packs/*/registers/<id>.yaml`` as frozen types, checked with file, line and remedy."""
