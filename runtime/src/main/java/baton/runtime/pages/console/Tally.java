package baton.runtime.pages.console;

/// How often a check was decisive against something since this engine started; the name `all`
/// counts whole decisions.
public record Tally(String check, long permit, long defer, long escalate, long deny) {}
