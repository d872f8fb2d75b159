package baton.runtime.documents;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What stands on a quote as a document, in words that are ready to print.
///
/// @param number what people call it by
/// @param id what the API calls it by
/// @param standing a word where it does not count any more, such as `EXPIRED`
/// @param validUntil the day, and under it the hour and whose clock shows it
/// @param seller name and address, in lines; may be empty
/// @param buyer who it is for, in lines; empty where nobody may know any more
/// @param ordering how it is taken up; empty where it cannot be any more
/// @param totalFor what stands before the total, such as `Total per month`
/// @param concession empty where there is none
public record QuoteSheet(
    String number,
    String id,
    int version,
    Optional<String> standing,
    LocalDate made,
    List<String> validUntil,
    List<String> seller,
    List<String> buyer,
    Row row,
    Optional<Concession> concession,
    String totalFor,
    String total,
    String ordering,
    String terms) {
  public QuoteSheet {
    validUntil = List.copyOf(validUntil);
    seller = List.copyOf(seller);
    buyer = List.copyOf(buyer);
  }

  /// @param detail what the price is for, and from how many seats it holds
  /// @param list seats times the price of one
  public record Row(String product, String detail, String seats, String perSeat, String list) {}

  /// @param off with its sign
  public record Concession(String words, String off) {}
}
