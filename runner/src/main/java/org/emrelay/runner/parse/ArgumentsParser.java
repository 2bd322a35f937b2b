package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNull;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.Template;
import org.jspecify.annotations.Nullable;

/** Reads {@code args}: an object of flags, or a list of words. */
final class ArgumentsParser {
    private final Substitution substitution;
    private final RecordBinder records;
    private final Templates templates;
    private final Problems problems;

    ArgumentsParser(Substitution substitution, RecordBinder records, Templates templates, Problems problems) {
        this.substitution = substitution;
        this.records = records;
        this.templates = templates;
        this.problems = problems;
    }

    /** The arguments as far as they could be read. */
    Arguments read(@Nullable JsonValue args, String path, Set<String> inputs) {
        LocatedValue here = args == null ? null : substitution.follow(LocatedValue.of(args, path));
        if (here == null) {
            return new Arguments.Flags(List.of());
        } else if (here.value() instanceof JsonObject object) {
            return flags(object, here, inputs);
        } else if (here.value() instanceof JsonArray array) {
            return words(array, here, inputs);
        }
        records.wrongType(path, "an object of flags or a list of words", here.value());
        return new Arguments.Flags(List.of());
    }

    private Arguments flags(JsonObject object, LocatedValue at, Set<String> inputs) {
        records.checkDuplicates(object, at.path());
        List<Arguments.Flag> flags = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Member member : object.members()) {
            LocatedValue here = at.member(member.key(), member.value());
            checkFlag(member.key(), here.path());
            LocatedValue value = substitution.follow(here);
            if (value == null || !seen.add(member.key())) {
                continue;
            }
            Arguments.Flag flag = flag(member.key(), value, inputs);
            if (flag != null) {
                flags.add(flag);
            }
        }
        return new Arguments.Flags(flags);
    }

    /** A flag's name must survive the command line and be no flag of ours by accident. */
    void checkFlag(String name, String path) {
        String shown = RecordBinder.shortened(name);
        if (name.startsWith("-")) {
            problems.error(path, "the flag '" + shown + "' is written with its dashes.", "Leave them out.");
        } else if (name.isEmpty() || !name.matches("[^\\s=\"'`$\\\\{}\\p{Cntrl}]+")) {
            problems.error(
                    path,
                    "'" + shown + "' cannot be a flag.",
                    "Use no white space, quotes, braces, '=', '$' or backslash.");
        }
    }

    private Arguments.@Nullable Flag flag(String name, LocatedValue at, Set<String> inputs) {
        if (at.value() instanceof JsonNull || isOptionalParameter(at)) {
            return null;
        } else if (at.value() instanceof JsonBoolean truth) {
            return truth.value() ? new Arguments.Flag(name, List.of()) : null;
        }
        if (!(at.value() instanceof JsonArray array)) {
            Template word = word(at, inputs);
            return word == null ? null : new Arguments.Flag(name, List.of(word));
        }
        List<Template> values = new ArrayList<>();
        for (int i = 0; i < array.values().size(); i++) {
            Template word = word(at.element(i, array.values().get(i)), inputs);
            if (word != null) {
                values.add(word);
            }
        }
        // Without a value the flag would turn into a bare one.
        return values.isEmpty() ? null : new Arguments.Flag(name, values);
    }

    /** An empty text that was written here is passed on; one that stands for a parameter says that nobody gave it. */
    private static boolean isOptionalParameter(LocatedValue at) {
        return !at.parameters().isEmpty()
                && at.value() instanceof JsonString string
                && string.text().isEmpty();
    }

    private Arguments words(JsonArray array, LocatedValue at, Set<String> inputs) {
        List<Template> words = new ArrayList<>();
        boolean secretNext = false;
        for (int i = 0; i < array.values().size(); i++) {
            LocatedValue element = at.element(i, array.values().get(i));
            String written = array.values().get(i) instanceof JsonString string ? string.text() : "";
            boolean flag = written.startsWith("-");
            Template word =
                    secretNext && !flag ? word(element.asSecret(), inputs) : assignment(written, element, inputs);
            if (word != null) {
                words.add(word);
            }
            secretNext = flag && SecretNames.isSecret(written);
        }
        return new Arguments.Verbatim(words);
    }

    /** {@code --password=…} is secret behind its equals sign. */
    private @Nullable Template assignment(String written, LocatedValue at, Set<String> inputs) {
        int equals = written.indexOf('=');
        if (!written.startsWith("-") || equals < 0 || !SecretNames.isSecret(written.substring(0, equals))) {
            return word(at, inputs);
        }
        Substitution.Expansion flag = substitution.expand(written.substring(0, equals + 1), at, inputs);
        Substitution.Expansion value = substitution.expand(written.substring(equals + 1), at.asSecret(), inputs);
        if (flag == null || value == null) {
            return null;
        }
        List<Template.Part> parts = new ArrayList<>(flag.parts());
        parts.addAll(value.parts());
        return templates.checked(parts, at.path());
    }

    private @Nullable Template word(LocatedValue at, Set<String> inputs) {
        LocatedValue here = substitution.follow(at);
        if (here == null) {
            return null;
        } else if (here.value() instanceof JsonNull) {
            problems.error(here.path(), "null is no word.", "Leave it out, or write \"\".");
            return null;
        }
        List<Template.Part> parts = parts(here, inputs);
        return parts == null ? null : templates.checked(parts, here.path());
    }

    private @Nullable List<Template.Part> parts(LocatedValue here, Set<String> inputs) {
        if (here.value() instanceof JsonString string) {
            Substitution.Expansion expansion = substitution.expand(string.text(), here, inputs);
            return expansion == null ? null : expansion.parts();
        } else if (here.value() instanceof JsonNumber number) {
            return List.of(literal(number.text(), here));
        } else if (here.value() instanceof JsonBoolean truth) {
            return List.of(literal(String.valueOf(truth.value()), here));
        }
        return new JsonArgument(substitution, records, inputs).parts(here);
    }

    private static Template.Part literal(String text, LocatedValue at) {
        return at.secret() ? new Template.Secret(text) : new Template.Literal(text);
    }
}
