package baton.runtime.tools;

import baton.runtime.csv.CsvFile;
import baton.runtime.csv.CsvRow;
import baton.runtime.csv.Limits;
import baton.runtime.csv.Unreadable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Set;

/// Reads a price list from a file: YAML, or CSV with a price a row.
public final class PriceFile {
  static final long BYTES_MAX = 4L * 1024 * 1024;

  private static final Set<String> COLUMNS =
      Set.of("product", "title", "term", "currency", "seats", "price");

  private PriceFile() {}

  /// A file that cannot be used, in one line: `FILE:LINE: what is wrong and what to do`.
  public static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1;

    Invalid(Path file, long line, String wrong) {
      super(file + (line > 0 ? ":" + line : "") + ": " + wrong, null, false, false);
    }
  }

  /// @param zone where the list's days begin, unless the file names one
  public static PriceList read(Path file, ZoneId zone) {
    String name = file.toString();
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new Invalid(file, 0, "a price list has at most " + BYTES_MAX + " bytes: shorten it");
      }
      if (name.endsWith(".csv")) return csv(file);
      if (name.endsWith(".yaml") || name.endsWith(".yml")) {
        return new PriceYaml(file, zone).read(text(file));
      }
      throw new Invalid(file, 0, "a price list is a .yaml or .csv file: rename it");
    } catch (IOException | UncheckedIOException unreadable) {
      throw new Invalid(file, 0, "cannot be read: name a readable file with tools.prices");
    }
  }

  private static String text(Path file) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException other) {
      throw new Invalid(file, 0, "is not UTF-8: save it as UTF-8");
    }
  }

  private static PriceList csv(Path file) throws IOException {
    var list = new PriceDraft();
    long line = 1;
    try (var in = new BufferedInputStream(Files.newInputStream(file));
        var csv = new CsvFile(in, Limits.standard(), Set.of("product", "currency", "price"))) {
      for (var column : csv.columns()) {
        if (!COLUMNS.contains(column)) {
          throw new Invalid(file, 1, "unknown column '" + column + "': " + columns());
        }
      }
      for (var row = csv.next(); row.isPresent(); row = csv.next()) {
        line = row.get().line();
        switch (row.get()) {
          case CsvRow.Bad(_, var wrong) -> throw new Invalid(file, line, wrong);
          case CsvRow.Good good -> add(list, good);
        }
      }
      return list.done();
    } catch (Unreadable broken) {
      throw new Invalid(file, 0, broken.getMessage());
    } catch (IllegalArgumentException wrong) {
      throw new Invalid(file, line, wrong.getMessage());
    }
  }

  private static void add(PriceDraft list, CsvRow.Good row) {
    String product = row.cell("product").orElse("");
    String currency = row.cell("currency").orElse("");
    list.currency(currency);
    list.product(product);
    row.cell("title").ifPresent(title -> list.title(product, title));
    row.cell("term").ifPresent(term -> list.term(product, term));
    list.tier(product, currency, row.cell("seats").orElse("1"), row.cell("price").orElse(""));
  }

  private static String columns() {
    return "known are " + String.join(", ", COLUMNS.stream().sorted().toList());
  }
}
