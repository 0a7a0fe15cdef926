"""Which records may be there twice: brought together by what they share, compared many at once."""
