package baton.runtime;

import baton.runtime.cli.Commands;

/// Where the process starts.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Commands.run(arguments));
  }
}
