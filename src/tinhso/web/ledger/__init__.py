"""The sealed ledger in public: what it is, its files, and the proof of one's own dossier."""
