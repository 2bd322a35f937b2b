package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.parse.imported.ProgramArgument.Form;
import org.jspecify.annotations.Nullable;

/** Connects the arguments of a step: values become inputs and the output, as far as it is clear what they are. */
final class StepConnection {
    private static final int MAX_DIGITS = 15;

    private final int step;
    private final List<ProgramArgument> arguments;
    private final KnownOutputs known;
    private final BundleFiles bundle;
    private final ImportNotices notices;
    private final List<Role> roles = new ArrayList<>();
    private final Map<String, Object> inputs = new LinkedHashMap<>();
    private final Set<String> writes = new LinkedHashSet<>();
    private final BitSet reads = new BitSet();
    private boolean hasEmbedded;

    /**
     * @param step its index
     * @param known the outputs of all steps
     */
    StepConnection(
            int step, List<ProgramArgument> arguments, KnownOutputs known, BundleFiles bundle, ImportNotices notices) {
        this.step = step;
        this.arguments = List.copyOf(arguments);
        this.known = Objects.requireNonNull(known, "known");
        this.bundle = Objects.requireNonNull(bundle, "bundle");
        this.notices = Objects.requireNonNull(notices, "notices");
    }

    /**
     * The keys of a step for its arguments.
     *
     * @param reads the steps whose outputs it reads
     */
    record Connected(Map<String, Object> keys, BitSet reads) {}

    /** What an argument is: an input, the output, or neither. */
    private record Role(@Nullable Object input, boolean isOutput, String text) {}

    Connected connect() {
        for (int i = 0; i < arguments.size(); i++) {
            roles.add(role(i, arguments.get(i)));
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        Object args = isPlain() ? plain() : verbatim();
        if (!inputs.isEmpty()) {
            keys.put("inputs", inputs);
        }
        Map<String, Object> output = output();
        if (!output.isEmpty()) {
            keys.put("output", output);
        }
        if (!(args instanceof Map<?, ?> map && map.isEmpty())) {
            keys.put("args", args);
        }
        if (!writes.isEmpty()) {
            keys.put("writes", List.copyOf(writes));
        }
        return new Connected(keys, reads);
    }

    private Role role(int index, ProgramArgument argument) {
        Optional<OutputFinder.Found> output = known.of(step);
        if (output.isPresent() && output.get().argument() == index) {
            return new Role(null, true, argument.value());
        } else if (!argument.isLocation()) {
            hasEmbedded |= argument.value().contains(",") && !embedded(argument).equals(argument.value());
            return new Role(null, false, argument.value());
        }
        Optional<String> local = bundle.locate(argument.value());
        if (local.isPresent()) {
            return new Role(Map.of("local", local.get()), false, "");
        }
        Optional<Locations.Match<Integer>> writer = known.writer(argument.value());
        if (writer.isPresent() && writer.get().value() < step) {
            return new Role(fromStep(writer.get()), false, "");
        } else if (writer.isPresent()) {
            return new Role(null, false, ownOrLater(writer.get(), argument.value()));
        }
        boolean isInput = isExternal(argument, argument.value());
        if (!isInput && Locations.isS3(argument.value()) && !DeploymentValues.isToken(argument.value())) {
            writeAccess(argument);
        }
        return new Role(isInput ? argument.value() : null, false, argument.value());
    }

    private void writeAccess(ProgramArgument argument) {
        if (argument.namesOutput() && !argument.value().contains("*")) {
            writes.add(argument.value());
        } else {
            notices.changed(
                    known.name(step),
                    argument.value()
                            + " stays an argument. Make it an input, or list it in writes, so that nodes get access to it.");
        }
    }

    private String ownOrLater(Locations.Match<Integer> writer, String location) {
        if (writer.value() == step) {
            return "${output}" + (writer.path().isEmpty() ? "" : "/" + writer.path());
        }
        notices.changed(
                known.name(step),
                location + " stays an argument: it is the output of a later step, " + known.name(writer.value()) + ".");
        return location;
    }

    /** A location without a flag is an input only if the output is known. */
    private boolean isExternal(ProgramArgument argument, String location) {
        return Locations.isS3(location)
                && !DeploymentValues.isToken(location)
                && !argument.namesOutput()
                && (argument.form() != Form.VALUE || known.of(step).isPresent())
                && !known.isWithin(location);
    }

    private Map<String, Object> fromStep(Locations.Match<Integer> writer) {
        reads.set(writer.value());
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("from_step", known.name(writer.value()));
        if (!writer.path().isEmpty()) {
            input.put("path", writer.path());
        }
        return input;
    }

    /** Whether flags with values say it all. Emrelay adds the flag of the output, so there must be one. */
    private boolean isPlain() {
        Optional<OutputFinder.Found> output = known.of(step);
        boolean hasOutput =
                output.isPresent() && arguments.get(output.get().argument()).form() == Form.PAIR;
        if (!hasOutput || hasEmbedded || !arguments.stream().allMatch(ProgramArgument::isPlain)) {
            return false;
        }
        Map<String, Integer> counts = new HashMap<>();
        arguments.forEach(argument -> counts.merge(argument.name(), 1, Integer::sum));
        for (int i = 0; i < arguments.size(); i++) {
            ProgramArgument argument = arguments.get(i);
            boolean isRepeated = counts.getOrDefault(argument.name(), 0) > 1;
            boolean isConnected = roles.get(i).isOutput() || roles.get(i).input() != null;
            if ((isRepeated && (isConnected || argument.form() == Form.FLAG))
                    || (roles.get(i).input() != null && !isInputName(argument.name()))) {
                return false;
            }
        }
        return true;
    }

    private Map<String, Object> plain() {
        Map<String, List<Object>> values = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            ProgramArgument argument = arguments.get(i);
            Role role = roles.get(i);
            if (role.input() != null) {
                inputs.put(argument.name(), role.input());
            } else if (!role.isOutput()) {
                values.computeIfAbsent(argument.name(), key -> new ArrayList<>())
                        .add(argument.form() == Form.FLAG ? (Object) true : scalar(role.text()));
            }
        }
        Map<String, Object> args = new LinkedHashMap<>();
        values.forEach((name, list) -> args.put(name, list.size() == 1 ? list.get(0) : list));
        return args;
    }

    private List<Object> verbatim() {
        List<Object> args = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            ProgramArgument argument = arguments.get(i);
            Role role = roles.get(i);
            String value = role.isOutput()
                    ? "${output}"
                    : role.input() != null ? reference(argument, role.input()) : replaced(argument, role.text());
            args.addAll(argument.words(value));
        }
        if (!arguments.isEmpty() && known.of(step).isEmpty()) {
            notices.changed(
                    known.name(step),
                    "its output was not found, so its arguments stay as they are. Declare the output if it has one.");
        }
        return args;
    }

    private String replaced(ProgramArgument argument, String text) {
        return argument.isLocation() ? text : embedded(argument);
    }

    /** A list of locations, with references to those that are inputs. */
    private String embedded(ProgramArgument argument) {
        String[] parts = argument.value().split(",", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            Optional<Locations.Match<Integer>> writer =
                    Locations.isLocation(part) ? known.writer(part) : Optional.empty();
            if (writer.isPresent() && writer.get().value() < step) {
                parts[i] = reference(argument, fromStep(writer.get()));
            } else if (Locations.isLocation(part) && writer.isEmpty() && isExternal(argument, part)) {
                parts[i] = reference(argument, part);
            }
        }
        return String.join(",", parts);
    }

    private String reference(ProgramArgument argument, Object input) {
        String base = isInputName(argument.name()) ? argument.name() : "input";
        String name = base;
        for (int number = 2; inputs.containsKey(name) && !input.equals(inputs.get(name)); number++) {
            name = base + "-" + number;
        }
        inputs.put(name, input);
        return "${inputs." + name + "}";
    }

    private Map<String, Object> output() {
        Map<String, Object> output = new LinkedHashMap<>();
        known.of(step).ifPresent(found -> {
            ProgramArgument argument = arguments.get(found.argument());
            if (!found.isAutomatic()) {
                output.put("uri", argument.value().replace(DeploymentValues.RUN, "${run.id}"));
            } else if (!Locations.isS3(argument.value())) {
                notices.changed(
                        known.name(step),
                        argument.value() + " is not in S3: the output goes to the workspace instead.");
            }
            if (isPlain() && !argument.name().equals("output")) {
                output.put("flag", argument.name());
            }
        });
        return output;
    }

    private static boolean isInputName(String name) {
        return name.matches("[A-Za-z][A-Za-z0-9_.-]*");
    }

    /** Whole numbers are written as such. */
    private static Object scalar(String text) {
        return text.matches("0|-?[1-9][0-9]*") && text.length() <= MAX_DIGITS ? (Object) Long.valueOf(text) : text;
    }
}
