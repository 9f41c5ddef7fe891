"""Builders and fakes that several rooms' tests share."""
