package baton.persistence.policy;

/// Where in a file something stands; line and column count from 1.
public record Place(String file, int line, int column) {}
