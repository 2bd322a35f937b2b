package org.emrelay.runner.parse;

import static java.util.Objects.requireNonNullElse;
import static org.emrelay.runner.parse.Problems.quoted;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.model.StreamDefinition.Limits;
import org.emrelay.runner.model.StreamSource;
import org.emrelay.runner.parse.StreamFile.LimitsEntry;
import org.emrelay.runner.parse.StreamFile.SinkEntry;
import org.jspecify.annotations.Nullable;

/** Reads and validates a stream file without a network; reports all problems at once. */
public final class StreamFileReader {
    /** With the prefix of Emrelay's resources, the name of the delivery stream has at most 64 characters. */
    private static final int MAX_NAME = 30;

    private static final int MAX_TERM = 100;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

    private final Problems problems;

    private StreamFileReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads the file.
     *
     * @param file its directory is the base of relative paths in it
     * @param displayName the file name in problems
     */
    public static ParseResult<StreamDefinition> read(Path file, String displayName) {
        Problems problems = new Problems(displayName);
        JsonValue json = JsonFile.read(file, problems);
        Path directory = LocalFiles.parentOf(file.toAbsolutePath().normalize());
        return ParseResult.of(json == null ? null : new StreamFileReader(problems).stream(json, directory), problems);
    }

    /** The name in a file that may be invalid otherwise. */
    public static Optional<String> name(Path file) {
        return JsonFile.read(file, new Problems(file.toString())) instanceof JsonObject object
                        && object.get("name") instanceof JsonString name
                ? Optional.of(name.text())
                : Optional.empty();
    }

    private @Nullable StreamDefinition stream(JsonValue json, Path directory) {
        StreamFile file = new RecordBinder(problems).bind(json, "", StreamFile.class);
        if (file == null) {
            return null;
        }
        checkName(file.name());
        List<String> track = track(file.track());
        StreamSource source =
                file.source() == null ? null : new StreamSourceParser(problems, directory).parse(file.source());
        Limits limits = limits(requireNonNullElse(file.limits(), LimitsEntry.NONE));
        List<String> languages = problems.allMatching(
                file.languages(), LANGUAGE, "a language code in lower case, such as en", "languages");
        StreamDefinition.Sink sink =
                new StreamSinkParser(problems, directory).parse(requireNonNullElse(file.sink(), SinkEntry.NONE));
        if (source instanceof StreamSource.X) {
            checkPaid(track, limits);
        }
        return file.name() == null || source == null
                ? null
                : new StreamDefinition(file.name(), source, track, languages, sink, limits);
    }

    private void checkName(@Nullable String name) {
        if (name != null && (!NAME.matcher(name).matches() || name.length() > MAX_NAME)) {
            problems.error(
                    "name",
                    quoted(name) + " is not a valid stream name.",
                    "Use at most " + MAX_NAME + " lower case letters, digits and single hyphens, such as launches.");
        }
    }

    private List<String> track(List<String> terms) {
        List<String> valid = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < terms.size(); i++) {
            String term = terms.get(i).strip();
            String path = "track[" + i + "]";
            if (term.codePoints().noneMatch(Character::isLetterOrDigit)) {
                problems.error(path, quoted(term) + " has no letter or digit, so no post contains it as a word.");
            } else if (term.length() > MAX_TERM) {
                problems.error(path, "has " + term.length() + " characters; at most " + MAX_TERM + " are allowed.");
            } else if (!seen.add(term.toLowerCase(Locale.ROOT))) {
                problems.error(path, quoted(term) + " is listed twice.", "Case is ignored.");
            } else {
                valid.add(term);
            }
        }
        return valid;
    }

    private Limits limits(LimitsEntry entry) {
        if (entry.posts() != null && entry.posts() < 1) {
            problems.error("limits.posts", "must be at least 1, not " + entry.posts() + ".");
        }
        if (entry.cost() != null && !(entry.cost() > 0)) {
            problems.error("limits.cost", "must be more than 0 dollars, not " + entry.cost() + ".");
        }
        return new Limits(
                entry.posts() == null ? null : Long.valueOf(entry.posts()),
                DurationParser.parse(entry.duration(), "limits.duration", problems),
                entry.cost());
    }

    private void checkPaid(List<String> track, Limits limits) {
        if (track.isEmpty() && !problems.isInvalid("track")) {
            problems.error("track", "is empty, but X sends only posts that match a term.", "Name the terms to track.");
        }
        if (limits.posts() == null && limits.cost() == null) {
            problems.error(
                    "limits",
                    "sets neither posts nor cost, but each post from X costs money.",
                    "Set \"limits\": {\"posts\": 10000}, or {\"cost\": 50} in dollars.");
        }
    }
}
