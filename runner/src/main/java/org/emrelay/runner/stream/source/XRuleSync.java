package org.emrelay.runner.stream.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.stream.StreamException;
import org.emrelay.runner.stream.source.ConnectionLostException.Cause;
import org.jspecify.annotations.Nullable;

/** Synchronizes the rules of a stream to X. Rules without the stream's tag are never changed. */
final class XRuleSync {
    private static final int MAX_PAGES = 100;

    private final XClient client;
    private final String tag;

    XRuleSync(XClient client, String stream) {
        this.client = client;
        this.tag = "emrelay:" + stream;
    }

    private record ExistingRule(String id, String value, String tag) {}

    /** Creates missing rules, then deletes outdated ones. Returns the number of rules without the stream's tag. */
    int apply(List<XRules.Rule> rules) throws ConnectionLostException, InterruptedException {
        List<ExistingRule> existing = list();
        List<ExistingRule> own = own(existing);
        Set<String> present = own.stream().map(ExistingRule::value).collect(Collectors.toSet());
        List<XRules.Rule> missing =
                rules.stream().filter(rule -> !present.contains(rule.value())).toList();
        if (!missing.isEmpty()) {
            add(missing);
        }
        Set<String> wanted = rules.stream().map(XRules.Rule::value).collect(Collectors.toSet());
        delete(own.stream()
                .filter(rule -> !wanted.contains(rule.value()))
                .map(ExistingRule::id)
                .toList());
        return existing.size() - own.size();
    }

    /** Deletes the stream's rules, and returns their number. */
    int deleteAll() throws ConnectionLostException, InterruptedException {
        List<String> ids = own(list()).stream().map(ExistingRule::id).toList();
        delete(ids);
        return ids.size();
    }

    private List<ExistingRule> own(List<ExistingRule> rules) {
        return rules.stream().filter(rule -> rule.tag().equals(tag)).toList();
    }

    private void add(List<XRules.Rule> rules) throws ConnectionLostException, InterruptedException {
        List<String> values = rules.stream().map(XRules.Rule::value).toList();
        JsonObject answer = answer(client.postRules(request(values), false));
        List<XProblem> problems = refusals(answer);
        if (problems.isEmpty()) {
            return;
        }
        delete(rules(answer).stream().map(ExistingRule::id).toList());
        XProblem problem = problems.get(0);
        if (problem.isRuleCap()) {
            throw new StreamException("X accepts no more rules for this app (" + client.mask(problem.said()) + ")."
                    + " Delete some in X's developer console, or use fewer words in \"track\".");
        }
        Set<String> refused = problems.stream().map(XProblem::value).collect(Collectors.toSet());
        throw refused(
                rules.stream().filter(rule -> refused.contains(rule.value())).toList(), problem);
    }

    /** Finds the rejected term of a rule by validating each of its terms on X, without creating rules. */
    private StreamException refused(List<XRules.Rule> rules, XProblem problem)
            throws ConnectionLostException, InterruptedException {
        Map<String, String> terms = rules.stream()
                .flatMap(rule -> rule.terms().stream())
                .distinct()
                .collect(Collectors.toMap(term -> XRules.value(List.of(term), List.of()), term -> term, (a, b) -> a));
        XProblem culprit = problem;
        if (terms.size() > 1) {
            List<XProblem> single = refusals(answer(client.postRules(request(List.copyOf(terms.keySet())), true)));
            culprit = single.isEmpty() ? problem : single.get(0);
        }
        String term = terms.size() == 1 ? terms.values().iterator().next() : terms.get(culprit.value());
        String what = term == null ? "a rule" : "track term \"" + ConnectionLostException.oneLine(term) + "\"";
        return new StreamException("X rejected " + what + " (" + client.mask(culprit.said()) + "). Change \"track\""
                + " or \"languages\" in the stream file.");
    }

    /** Ignores duplicates: a rule with the same value and another tag works as well. */
    private static List<XProblem> refusals(JsonObject answer) {
        return XProblem.listed(answer).stream()
                .filter(problem -> !problem.isDuplicateRule())
                .toList();
    }

    private String request(List<String> values) {
        return JsonWriter.line(new JsonMap()
                .with(
                        "add",
                        values.stream()
                                .map(value -> new JsonMap().with("value", value).with("tag", tag))
                                .toList()));
    }

    private void delete(List<String> ids) throws ConnectionLostException, InterruptedException {
        if (!ids.isEmpty()) {
            String request = JsonWriter.line(new JsonMap().with("delete", new JsonMap().with("ids", ids)));
            List<XProblem> problems = refusals(answer(client.postRules(request, false)));
            if (!problems.isEmpty()) {
                throw new ConnectionLostException(
                        Cause.SERVER,
                        "X did not delete rules: " + client.mask(problems.get(0).said()));
            }
        }
    }

    private List<ExistingRule> list() throws ConnectionLostException, InterruptedException {
        List<ExistingRule> rules = new ArrayList<>();
        @Nullable String page = null;
        for (int i = 0; i < MAX_PAGES; i++) {
            JsonObject answer = answer(client.getRules(page));
            rules.addAll(rules(answer));
            page = answer.get("meta") instanceof JsonObject meta ? text(meta, "next_token") : null;
            if (page == null || page.isEmpty()) {
                break;
            }
        }
        return rules;
    }

    private static List<ExistingRule> rules(JsonObject answer) {
        List<ExistingRule> rules = new ArrayList<>();
        if (answer.get("data") instanceof JsonArray data) {
            for (JsonValue element : data.values()) {
                if (element instanceof JsonObject rule && !text(rule, "id").isEmpty()) {
                    rules.add(new ExistingRule(text(rule, "id"), text(rule, "value"), text(rule, "tag")));
                }
            }
        }
        return rules;
    }

    private static JsonObject answer(String body) throws ConnectionLostException {
        try {
            if (JsonReader.read(body) instanceof JsonObject object) {
                return object;
            }
        } catch (MalformedJsonException exception) {
            // A proxy answered.
        }
        throw new ConnectionLostException(Cause.SERVER, "the response about rules is not a JSON object");
    }

    private static String text(JsonObject object, String key) {
        return object.get(key) instanceof JsonString string ? string.text() : "";
    }
}
