package baton.runtime.cli;

import java.util.concurrent.Callable;

/// A command of another module, found by `ServiceLoader` and annotated for picocli.
public interface Subcommand extends Callable<Integer> {}
