package baton.runtime.outreach;

import baton.runtime.outreach.LeadRow.ConsentNote;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Optional;

/// What identifies a lead, in the clear. It is kept sealed, as one text.
///
/// @param id who the vault knows the lead as
record Person(
    String id,
    String email,
    Optional<String> name,
    Optional<String> phone,
    Optional<ConsentNote> consent) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Person of(LeadRow row) {
    return new Person(row.buyer(), row.email(), row.name(), row.phone(), row.consent());
  }

  /// Inverse of [#read]; the same for the same person.
  String json() {
    var members = new LinkedHashMap<String, String>();
    members.put("id", id);
    members.put("email", email);
    name.ifPresent(text -> members.put("name", text));
    phone.ifPresent(text -> members.put("phone", text));
    consent.ifPresent(note -> {
      members.put("consent-date", note.date().toString());
      members.put("consent-source", note.source());
    });
    try {
      return JSON.writeValueAsString(members);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts are always JSON");
    }
  }

  static Person read(String json) {
    try {
      var members = JSON.readTree(json);
      return new Person(
          members.get("id").textValue(),
          members.get("email").textValue(),
          text(members, "name"),
          text(members, "phone"),
          text(members, "consent-date")
              .map(date ->
                  new ConsentNote(LocalDate.parse(date), members.get("consent-source").asText())));
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("a lead's sealed text is no lead"); // quotes nothing of it
    }
  }

  private static Optional<String> text(JsonNode members, String name) {
    return Optional.ofNullable(members.get(name)).map(JsonNode::textValue);
  }

  /// Stays out of logs.
  @Override
  public String toString() {
    return "Person";
  }
}
