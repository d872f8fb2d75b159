package baton.runtime.tools.memory;

import baton.handoff.port.Tool.Effect;
import baton.runtime.tools.Contacts;
import java.util.List;

/// Contacts in memory.
record MemoryContacts(MemoryRows rows) implements Contacts {
  @Override
  public void ensure(Effect effect, String id) {
    String tenant = effect.conversation().tenant();
    if (rows.contacts.get(tenant, effect.subject()).isPresent()) return;
    var contact = new Row.Contact(id, effect.subject(), effect.at());
    rows.contacts.put(tenant, effect.subject(), contact);
  }

  @Override
  public void write(Effect effect, List<Field> fields) {
    for (var field : fields) {
      rows.fields.append(
          effect.conversation().tenant(),
          new Row.Written(
              field,
              effect.subject(),
              effect.role().name(),
              effect.campaign(),
              effect.conversation(),
              effect.key(),
              effect.at()));
    }
  }
}
