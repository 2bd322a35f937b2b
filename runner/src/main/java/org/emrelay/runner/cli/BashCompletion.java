package org.emrelay.runner.cli;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.emrelay.runner.cli.CompletedAction.CompletedOption;
import org.emrelay.runner.cli.CompletedAction.CompletedValue;
import org.emrelay.runner.cli.CompletedAction.CompletedValue.Kind;

/** The completion script for Bash from 3.2 on, and for zsh with bashcompinit. */
record BashCompletion(List<CompletedAction> actions, Set<String> programs) {
    private static final String SCRIPT = """
            # Completes commands of Emrelay.
            _emrelay_words() {
              COMPREPLY=($(compgen -W "$1" -- "$word"))
            }

            _emrelay_files() {
              local IFS=$'\\n'
              compopt -o filenames 2>/dev/null
              COMPREPLY=($(compgen "$1" -- "$word"))
            }

            _emrelay() {
              local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} action= i name
              COMPREPLY=()
              for ((i = 1; i < COMP_CWORD; i++)); do
                name=${COMP_WORDS[i]//-/_}
                case $name in
                  %s) action=$name; break ;;
                esac
              done
              case "$action $previous" in
                %s) _emrelay_words "%s"; return ;;
            %s\
              esac
              case $word in
                -*)
                  case $action in
                    '') _emrelay_words "%s --help --version" ;;
            %s\
                  esac ;;
                *)
                  case $action in
                    '') _emrelay_words "%s" ;;
            %s\
                  esac ;;
              esac
            }

            complete -F _emrelay %s
            """;

    String script() {
        List<String> names =
                actions.stream().map(action -> action.action().key()).toList();
        return SCRIPT.formatted(
                String.join(" | ", names),
                patterns("", CommandLineTool.ACTION_FLAGS),
                words(names),
                valuesOfOptions(),
                words(CommandLineTool.ACTION_FLAGS),
                actions.stream()
                        .map(action -> branch(8, action.action().key(), words(action)))
                        .collect(Collectors.joining()),
                words(names),
                actions.stream()
                        .filter(action -> action.words().kind() != Kind.OTHER)
                        .map(action -> branch(8, action.action().key(), completion(action.words())))
                        .collect(Collectors.joining()),
                programs.stream().collect(Collectors.joining(" ")));
    }

    /** Most options have the same values with each action. For the others, the branch is for one action. */
    private String valuesOfOptions() {
        Map<String, Set<String>> patternsByCompletion = new TreeMap<>();
        for (CompletedAction action : actions) {
            for (CompletedOption option : action.options()) {
                if (option.hasValue()) {
                    patternsByCompletion
                            .computeIfAbsent(completion(option.value()), completion -> new LinkedHashSet<>())
                            .add(patterns(isAmbiguous(option) ? action.action().key() : "", option.names()));
                }
            }
        }
        return patternsByCompletion.entrySet().stream()
                .map(values -> branch(4, String.join(" | ", values.getValue()), values.getKey() + "return"))
                .collect(Collectors.joining());
    }

    private boolean isAmbiguous(CompletedOption option) {
        return actions.stream()
                .flatMap(action -> action.options().stream())
                .anyMatch(other ->
                        other.names().equals(option.names()) && !other.value().equals(option.value()));
    }

    /** @param action empty for any */
    private static String patterns(String action, Collection<String> options) {
        String any = action.isEmpty() ? "*" : "";
        return options.stream()
                .map(option -> any + "'" + action + " " + option + "'")
                .collect(Collectors.joining(" | "));
    }

    private static String branch(int indentation, String pattern, String command) {
        return " ".repeat(indentation) + pattern + ") " + command.strip() + " ;;\n";
    }

    private static String words(CompletedAction action) {
        return "_emrelay_words \"" + words(action.optionNames()) + "\"";
    }

    private static String words(Collection<String> words) {
        return String.join(" ", words);
    }

    /** The command that completes a value, to be followed by another one; empty if there is nothing to complete. */
    private static String completion(CompletedValue value) {
        return switch (value.kind()) {
            case FILES -> "_emrelay_files -f; ";
            case DIRECTORIES -> "_emrelay_files -d; ";
            case CHOICES -> "_emrelay_words \"" + words(value.choices()) + "\"; ";
            case OTHER -> "";
        };
    }
}
