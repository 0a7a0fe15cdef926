"""What people say of a counter without signing in: questions of the packs, answers, figures."""
