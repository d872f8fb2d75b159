package baton.runtime.pages;

import java.util.List;

/// What every page has around its own.
///
/// @param nonce of inline scripts and styles; no other runs
/// @param csrf goes with each request that changes something; empty where nobody is signed in
/// @param styles assets that are linked after `baton.css`
/// @param modules assets that are loaded as modules
public record Frame(
    String title,
    String nonce,
    String csrf,
    Assets assets,
    List<String> styles,
    List<String> modules) {
  public Frame {
    styles = List.copyOf(styles);
    modules = List.copyOf(modules);
  }

  /// The address of an asset.
  public String asset(String name) {
    return assets.address(name);
  }
}
