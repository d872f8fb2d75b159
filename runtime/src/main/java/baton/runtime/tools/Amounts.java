package baton.runtime.tools;

import baton.handoff.fact.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.joda.money.CurrencyUnit;
import org.joda.money.IllegalCurrencyException;

/// Arithmetic with money. Amounts go in and out in the smallest unit of their currency, however
/// many decimals that has; nothing is ever a floating-point number.
public final class Amounts {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Amounts() {}

  /// @throws ArithmeticException beyond 64 bits
  static Money times(Money each, long count) {
    return back(open(each).multipliedBy(count));
  }

  /// What is left after `percent` off. What is taken off is rounded to the smallest unit, a half to
  /// the even neighbour.
  ///
  /// @throws ArithmeticException beyond 64 bits
  static Money less(Money list, int percent) {
    var amount = open(list);
    var part = BigDecimal.valueOf(percent).divide(HUNDRED);
    return back(amount.minus(amount.multipliedBy(part, RoundingMode.HALF_EVEN)));
  }

  /// @throws IllegalArgumentException where the text is no such amount, in words that say what to
  ///   do
  static Money read(String currency, String text) {
    int decimals = decimals(currency);
    if (text.matches("[0-9]{13,}(\\.[0-9]*)?")) {
      throw new IllegalArgumentException("a price has at most 12 digits before the point");
    }
    if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,9})?")) {
      throw new IllegalArgumentException("a price is digits with a point, such as 25.00");
    }
    try {
      return new Money(currency, new BigDecimal(text).movePointRight(decimals).longValueExact());
    } catch (ArithmeticException tooFine) {
      throw new IllegalArgumentException(currency + " has " + decimals + " decimals, not more");
    }
  }

  /// How many decimals the smallest unit of a currency has: 0 for JPY, 2 for USD, 3 for KWD.
  ///
  /// @throws IllegalArgumentException where there is no such currency, or none with a smallest unit
  static int decimals(String currency) {
    if (isCurrency(currency)) return unit(currency).getDecimalPlaces();
    throw new IllegalArgumentException("there is no such currency: write its ISO 4217 code");
  }

  private static boolean isCurrency(String code) {
    if (!code.matches("[A-Z]{3}")) return false;
    try {
      return !unit(code).isPseudoCurrency();
    } catch (IllegalCurrencyException unknown) {
      return false;
    }
  }

  /// As people read it: `USD 1,234.50`.
  public static String shown(Money money) {
    int decimals = decimals(money.currency());
    var format =
        new DecimalFormat(
            decimals == 0 ? "#,##0" : "#,##0." + "0".repeat(decimals),
            DecimalFormatSymbols.getInstance(Locale.ROOT));
    return money.currency() + " " + format.format(open(money).getAmount());
  }

  private static org.joda.money.Money open(Money money) {
    return org.joda.money.Money.ofMinor(unit(money.currency()), money.minor());
  }

  private static Money back(org.joda.money.Money money) {
    return new Money(money.getCurrencyUnit().getCode(), money.getAmountMinorLong());
  }

  private static CurrencyUnit unit(String currency) {
    return CurrencyUnit.of(currency);
  }
}
