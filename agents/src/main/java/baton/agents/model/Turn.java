package baton.agents.model;

import baton.agents.Desk;
import baton.handoff.Prompt;
import baton.handoff.action.Action;
import baton.handoff.agent.Briefing;
import baton.handoff.agent.Origin;
import baton.handoff.policy.Model;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/// One answer of a model: it is asked, and asked again where it called what is not there. Nothing
/// is carried out: a call is read into a proposal.
final class Turn {
  private static final int CALLS_MAX = 8;
  private static final String HELD =
      "(What you wanted to say may not be said. Say it in another way, or do something else.)";

  /// Takes what is said before the answer is whole.
  @FunctionalInterface
  interface Listener {
    /// @param number of the sentence in this answer, from 0
    void sentence(int number, Action.Speak words, Origin origin);
  }

  private final Model model;
  private final Briefing briefing;
  private final Desk desk;
  private final ModelAgent.Equipment equipment;
  private final Offering offering;
  private final List<ToolSpecification> tools;
  private final Optional<Listener> atOnce;
  private final List<String> factors = new ArrayList<>();
  private final List<ChatMessage> messages = new ArrayList<>();
  private final Instant begun;
  private long tokensIn;
  private long tokensOut;
  private String version = "";
  private Sentences sentences = new Sentences();
  private int said;

  /// @param atOnce empty where the answer is waited for whole
  Turn(
      Model model,
      SortedSet<String> topics,
      Briefing briefing,
      Memory memory,
      Desk desk,
      ModelAgent.Equipment equipment,
      Optional<Listener> atOnce) {
    this.model = model;
    this.atOnce = atOnce;
    this.briefing = briefing;
    this.desk = new GuardedDesk(desk, equipment.guards(), this::left, this::count);
    this.equipment = equipment;
    offering = new Offering(briefing, topics, equipment.schemas(), equipment.outside());
    tools = offering.tools();
    begun = equipment.clock().instant();
    var prompting = new Prompting(briefing, memory, desk, equipment.words());
    messages.add(SystemMessage.from(prompting.filled(model.prompt())));
    messages.add(UserMessage.from(heard()));
    var before = briefing.said().stream().map(desk::read).collect(Collectors.joining(" "));
    if (!before.isBlank()) {
      messages.add(AiMessage.from(before));
      messages.add(UserMessage.from("(So far the buyer has heard you. Go on from there.)"));
    }
  }

  private String heard() {
    var heard =
        briefing.prompts().stream()
            .filter(Prompt.Heard.class::isInstance)
            .flatMap(prompt -> ((Prompt.Heard) prompt).text().stream())
            .map(desk::read)
            .collect(Collectors.joining("\n"));
    return heard.isBlank() ? "(The buyer has said nothing new.)" : heard;
  }

  List<Action> answered() {
    for (int round = 1; round <= model.limits().rounds(); round++) {
      try {
        var message = asked();
        var proposals = new ArrayList<Action>();
        var errors = called(message, proposals);
        if (errors.isEmpty()) return withWords(message, proposals);
        messages.add(message);
        messages.addAll(errors);
      } catch (GuardedDesk.Held held) {
        if (!factors.contains(held.factor())) factors.add(held.factor());
        messages.add(AiMessage.from("…"));
        messages.add(UserMessage.from(HELD));
      }
    }
    throw new Unanswered("rounds");
  }

  private AiMessage asked() {
    var limits = model.limits();
    var left = left();
    if (!left.isPositive()) throw new Unanswered("time-out");
    long tokensLeft = limits.tokensPerTurn() - tokensIn - tokensOut;
    if (tokensLeft <= 0) throw new Unanswered("tokens-per-turn");
    var request =
        ChatRequest.builder()
            .messages(List.copyOf(messages))
            .temperature(model.temperature().map(hundredths -> hundredths / 100.0).orElse(null))
            .maxOutputTokens((int) Math.min(tokensLeft, Integer.MAX_VALUE))
            .toolSpecifications(tools)
            .build();
    sentences = new Sentences();
    var response =
        atOnce.isEmpty()
            ? equipment.chat().ask(request, left)
            : equipment.chat().ask(request, left, model.streaming().orElse(left), this::hear);
    if (response == null || response.aiMessage() == null) throw new Unanswered("nothing");
    count(response);
    if (tokensIn + tokensOut > limits.tokensPerTurn()) throw new Unanswered("tokens-per-turn");
    if (text(response.aiMessage()).length() > limits.answerChars()) {
      throw new Unanswered("answer-chars");
    }
    return response.aiMessage();
  }

  private void count(ChatResponse response) {
    var used = equipment.counts().of(messages, response);
    tokensIn += used.in();
    tokensOut += used.out();
    if (response.modelName() != null) version = Spoken.brief(response.modelName());
  }

  private void count(Guard.Opinion opinion) {
    tokensIn += opinion.tokensIn();
    tokensOut += opinion.tokensOut();
  }

  private Duration left() {
    return model.limits().answerWithin().minus(taken());
  }

  /// @param proposals gets what was called as it should be
  /// @return what is wrong with the calls, for the model; empty where nothing is
  private List<ToolExecutionResultMessage> called(AiMessage message, List<Action> proposals) {
    var calls = message.toolExecutionRequests();
    if (calls.size() > CALLS_MAX) throw new Unanswered("calls");
    var results = new ArrayList<ToolExecutionResultMessage>();
    boolean wrong = false;
    for (var call : calls) {
      try {
        proposals.add(read(call));
        results.add(ToolExecutionResultMessage.from(call, "not carried out yet: call it again"));
      } catch (Arguments.Wrong error) {
        wrong = true;
        results.add(ToolExecutionResultMessage.from(call, "refused: " + error.getMessage()));
      }
    }
    return wrong ? results : List.of();
  }

  private Action read(ToolExecutionRequest call) throws Arguments.Wrong {
    var kind = offering.kind(call.name() == null ? "" : call.name());
    if (kind.isEmpty()) throw new Arguments.Wrong("this role has no such tool");
    var declared = offering.declared(kind.get());
    return declared.isPresent()
        ? Given.read(declared.get(), call.arguments(), desk)
        : Arguments.read(kind.get(), call.arguments(), briefing, desk, offering.topics());
  }

  private void hear(String piece) {
    var whole = sentences.with(piece);
    if (sentences.length() > model.limits().answerChars()) throw new Unanswered("answer-chars");
    for (var sentence : whole) {
      var text = Spoken.clean(sentence);
      if (!text.isEmpty()) {
        atOnce.orElseThrow().sentence(said++, speak(text), origin(List.of()));
      }
    }
  }

  private Action.Speak speak(String text) {
    return new Action.Speak(desk.words(text), "");
  }

  /// Its words come after its calls: they are said only where what it called has come true. Only
  /// what ends its part comes after them, or they would never be heard. Whole sentences that came
  /// before its calls may have been said by now.
  private List<Action> withWords(AiMessage message, List<Action> proposals) {
    var text = Spoken.clean(sentences.length() == 0 ? text(message) : sentences.rest());
    if (!text.isEmpty()) proposals.add(beforeTheEnd(proposals), speak(text));
    else if (proposals.isEmpty() && said == 0 && isWaitedFor()) throw new Unanswered("nothing");
    return proposals;
  }

  private static int beforeTheEnd(List<Action> proposals) {
    for (int i = 0; i < proposals.size(); i++) {
      switch (proposals.get(i)) {
        case Action.Close _, Action.RequestHandOff _, Action.TransferToHuman _ -> {
          return i;
        }
        case Action _ -> {}
      }
    }
    return proposals.size();
  }

  /// How many sentences were handed out before the answer was whole.
  int said() {
    return said;
  }

  /// Whether the buyer has spoken, or is there for the first time.
  private boolean isWaitedFor() {
    return briefing.prompts().stream()
        .anyMatch(prompt -> prompt instanceof Prompt.Heard || prompt instanceof Prompt.Started);
  }

  private static String text(AiMessage message) {
    return message.text() == null ? "" : message.text();
  }

  private Duration taken() {
    return Duration.between(begun, equipment.clock().instant());
  }

  /// @param more what kept it from more, besides what was held back
  Origin origin(List<String> more) {
    var all = new ArrayList<>(factors);
    all.addAll(more);
    return new Origin(
        model.name(),
        version,
        model.prompt().hash(),
        tokensIn,
        tokensOut,
        Math.max(0, taken().toMillis()),
        all);
  }
}
