"""What makes minutes provable: packages, signatures, keys, a strict verifier."""
