package baton.runtime.cluster;

/// The cluster's certificates cannot be used as they are: one line that says what to do, without
/// anything of a key.
public final class CertificatesUnusable extends IllegalStateException {
  private static final long serialVersionUID = 1;

  CertificatesUnusable(String line) {
    super(line);
  }
}
