package baton.persistence.policy;

/// Holds a document against itself: what the schema cannot see. Each part is checked as far as it
/// is there, so that one look shows all that is wrong.
final class Meaning {
  private Meaning() {}

  static void check(Tree document, Problems problems) {
    ClauseMeaning.check(document, problems);
    RoleMeaning.check(document, problems);
    RightMeaning.check(document, problems);
    LineMeaning.check(document, problems);
    PlaybookMeaning.check(document, problems);
    ModelMeaning.check(document, problems);
    ToolMeaning.check(document, problems);
    TimeMeaning.check(document, problems);
  }
}
