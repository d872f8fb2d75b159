package baton.agents.model;

/// Text of a model before anybody else sees it.
final class Spoken {
  private static final int BRIEF_CHARS = 40;

  private Spoken() {}

  /// Without what nobody can hear or read: control and format characters, blanks at either end.
  static String clean(String text) {
    var clean = new StringBuilder();
    text.codePoints().filter(Spoken::isVisible).forEach(clean::appendCodePoint);
    return clean.toString().strip();
  }

  private static boolean isVisible(int point) {
    return point == '\n'
        || switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED ->
              false;
          default -> true;
        };
  }

  /// A beginning that is safe to repeat to the model.
  static String brief(String text) {
    var clean = clean(text);
    return clean.length() <= BRIEF_CHARS ? clean : clean.substring(0, BRIEF_CHARS) + "…";
  }
}
