"""What makes minutes provable: packages, signatures, keys, and their strict verifier."""
