package baton.runtime.pages;

import baton.runtime.http.Answer;
import baton.runtime.http.Cookie;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes pages of templates, which were compiled with the rest of the program.
public final class Templates {
  private static final String PACKAGE = "baton.runtime.pages.templates";

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, PACKAGE);
  private final Assets assets;
  private final SecureRandom random = new SecureRandom();

  Templates(Assets assets) {
    this.assets = assets;
  }

  /// A frame with a nonce of its own.
  public Frame frame(String title, String csrf, List<String> styles, List<String> modules) {
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    return new Frame(
        title, Base64.getEncoder().encodeToString(nonce), csrf, assets, styles, modules);
  }

  /// A whole page.
  ///
  /// @param name of a template that takes `frame` and what is in `more`
  public Answer.Page page(int status, String name, Frame frame, Map<String, Object> more) {
    return page(status, name, frame, more, List.of());
  }

  public Answer.Page page(
      int status, String name, Frame frame, Map<String, Object> more, List<Cookie> cookies) {
    var members = new HashMap<String, Object>(more);
    members.put("frame", frame);
    return new Answer.Page(status, frame.nonce(), render(name, members), cookies);
  }

  /// A part of a page, for one that is already shown.
  public Answer.Page part(String name, Map<String, Object> members) {
    return new Answer.Page(200, "none", render(name, members), List.of());
  }

  private String render(String name, Map<String, Object> members) {
    var out = new StringOutput();
    engine.render(name + ".jte", members, out);
    return out.toString();
  }
}
