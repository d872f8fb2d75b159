package baton.runtime;

/// Where the process starts.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.out.println("Baton 0.1.0-SNAPSHOT");
  }
}
