package baton.runtime.export;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.WriterOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;

/// One page on its own, to read and to print: it loads nothing and runs nothing.
final class HtmlPage {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, null, "baton.runtime.pages.templates");

  private HtmlPage() {}

  static void write(Stream<Exported> all, boolean sealed, OutputStream out) throws IOException {
    var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    TEMPLATES.render(
        "export/page.jte", Map.of("all", all.iterator(), "sealed", sealed), new WriterOutput(text));
    text.flush();
  }
}
