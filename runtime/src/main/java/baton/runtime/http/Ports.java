package baton.runtime.http;

import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Claims;
import baton.handoff.port.Controls;
import baton.handoff.port.Conversations;
import baton.handoff.port.Interpreter;
import baton.handoff.port.Policies;
import baton.handoff.port.Vault;
import baton.runtime.Engine;
import baton.runtime.contacts.ContactBook;
import baton.runtime.outreach.Outreach;
import baton.runtime.tools.HumanQueue;
import baton.runtime.tools.Sales;
import baton.runtime.view.OpenApprovals;
import java.util.Map;
import java.util.function.Function;

/// What the API stands on.
///
/// @param sales the built-in tools, to look at
/// @param interpreters reads words by a policy's lexicon
/// @param endedSessions of browsers
/// @param permitKeys the JWK set with which servers outside check permits
public record Ports(
    Engine engine,
    Claims claims,
    Controls controls,
    Policies policies,
    Conversations conversations,
    Vault vault,
    HumanQueue operators,
    OpenApprovals approvals,
    Outreach outreach,
    Sales sales,
    ContactBook contacts,
    Function<PolicyDocument, Interpreter> interpreters,
    Map<String, Object> permitKeys,
    Sessions.Ended endedSessions) {}
