package baton.simulation;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.regex.Pattern;

/// A language model that leads a sale from what it is told, as a good one would: what is known and
/// what has happened decide what it does next.
final class LeadingModel implements ChatModel {
  private static final Pattern SLOT = Pattern.compile("slot\\.1 = \"([^\"]+)\"");
  private static final Pattern QUOTE = Pattern.compile("- quote = \"([^\"]+)\"");
  private static final Pattern TOTAL = Pattern.compile("quote\\.total = \"USD (\\d+)\"");

  @Override
  public ChatResponse doChat(ChatRequest request) {
    var prompt = ((SystemMessage) request.messages().getFirst()).text();
    var heard = ((UserMessage) request.messages().get(1)).singleText();
    return ChatResponse.builder()
        .aiMessage(answer(prompt, heard))
        .modelName("leading-1")
        .tokenUsage(new TokenUsage(200, 20))
        .build();
  }

  private static AiMessage answer(String prompt, String heard) {
    String role = prompt.lines().findFirst().orElse("");
    if (role.contains("booking")) return booking(prompt, heard);
    if (role.contains("transfer")) return transfer(prompt);
    return closing(prompt, heard);
  }

  private static AiMessage booking(String prompt, String heard) {
    boolean yes = heard.startsWith("yes");
    if (prompt.contains("book: done")) {
      return calls("Your time is reserved. Let me pass you on.", handOff("transfer"));
    }
    if (prompt.contains("find-slots: done")) {
      return calls(
          "",
          call("ask", "\"topic\":\"slot\",\"text\":\"Monday morning is free. Shall I book it?\""));
    }
    if (yes && prompt.contains("slot.1 = ")) {
      var slot = found(SLOT, prompt);
      return calls(
          "",
          call(
              "book",
              "\"slot\":\"%s\",\"start\":\"%s\",\"zone\":\"America/Denver\""
                  .formatted(slot, "2026-11-23T09:00:00-07:00")));
    }
    if (yes) {
      return calls(
          "Good. I am looking at the calendar.",
          call("interpret-consent", "\"purpose\":\"contact\",\"state\":\"granted\""),
          call(
              "find-slots",
              "\"from\":\"2026-11-23T09:00:00-07:00\",\"until\":\"2026-11-23T17:00:00-07:00\","
                  + "\"zone\":\"America/Denver\""));
    }
    return calls(
        "",
        call(
            "ask-consent",
            "\"purpose\":\"contact\",\"text\":\"Good morning! I can find you a time for a trial."
                + " May I keep what you tell me for that?\""));
  }

  private static AiMessage transfer(String prompt) {
    if (prompt.contains("seats = ")) return calls("", handOff("closing"));
    return AiMessage.from("You can try the team plan. How many of you will use it, roughly?");
  }

  private static AiMessage closing(String prompt, String heard) {
    if (prompt.contains("take-commitment: done")) {
      return calls("Your order is in. Welcome on board!", call("close", "\"reason\":\"ordered\""));
    }
    if (prompt.contains("quote: done")) {
      return calls(
          "",
          call(
              "request-commitment",
              "\"quote\":\"%s\",\"text\":\"Your offer is ready. Shall I place the order?\""
                  .formatted(found(QUOTE, prompt))));
    }
    if (heard.startsWith("yes") && prompt.contains("quote.total")) {
      return calls(
          "",
          call(
              "take-commitment",
              "\"quote\":\"%s\",\"total\":{\"currency\":\"USD\",\"minor\":%s}"
                  .formatted(found(QUOTE, prompt), found(TOTAL, prompt))));
    }
    return calls("", call("quote", "\"product\":\"team\",\"seats\":12"));
  }

  private static ToolExecutionRequest handOff(String role) {
    return call("request-hand-off", "\"to\":\"" + role + "\",\"reason\":\"next-step\"");
  }

  private static ToolExecutionRequest call(String tool, String arguments) {
    return ToolExecutionRequest.builder()
        .id("1")
        .name(tool)
        .arguments("{" + arguments + "}")
        .build();
  }

  private static AiMessage calls(String text, ToolExecutionRequest... calls) {
    return AiMessage.from(text, List.of(calls));
  }

  private static String found(Pattern pattern, String prompt) {
    var matcher = pattern.matcher(prompt);
    return matcher.find() ? matcher.group(1) : "none";
  }
}
