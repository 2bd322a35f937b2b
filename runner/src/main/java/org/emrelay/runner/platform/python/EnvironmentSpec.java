package org.emrelay.runner.platform.python;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.model.Sha256;

/**
 * What to install for a step.
 *
 * @param requirements lines in pip's syntax
 * @param version the version of Python; empty for that of the default interpreter
 */
public record EnvironmentSpec(List<String> requirements, List<String> constraints, String version) {
    private static final int DIGITS = 32;
    private static final String REQUIRE_HASHES = "--require-hashes";
    private static final Pattern PACKAGE = Pattern.compile("(?<name>[A-Za-z0-9._-]+) ?(?<extras>\\[[^\\]]*\\])?.*");

    public EnvironmentSpec {
        requirements = List.copyOf(requirements);
        constraints = List.copyOf(constraints);
        Objects.requireNonNull(version, "version");
    }

    /** The lines that name a version of PySpark. */
    public List<String> pysparkLines() {
        return requirements.stream()
                .filter(line -> isPyspark(line) && !line.matches("[A-Za-z]+"))
                .toList();
    }

    /** The same without the version of PySpark, which Spark determines. Its extras stay: they name other packages. */
    EnvironmentSpec withoutPyspark() {
        return new EnvironmentSpec(
                requirements.stream()
                        .map(line -> isPyspark(line) ? extras(line) : line)
                        .filter(line -> !line.isEmpty())
                        .toList(),
                constraints.stream().filter(line -> !isPyspark(line)).toList(),
                version);
    }

    EnvironmentSpec with(String requirement) {
        return new EnvironmentSpec(
                Stream.concat(requirements.stream(), Stream.of(requirement)).toList(), constraints, version);
    }

    /** Whether the installer verifies hashes. Once one package has a hash, pip demands one of every other. */
    boolean hasHashes() {
        return requirements.stream().anyMatch(line -> line.equals(REQUIRE_HASHES) || line.contains(" --hash"));
    }

    /**
     * What to install one after the other: with hashes, PySpark comes first, which has none.
     *
     * @param pyspark the line of PySpark
     */
    List<EnvironmentSpec> installations(String pyspark) {
        if (!hasHashes()) {
            return List.of(with(pyspark));
        }
        List<String> options = requirements.stream()
                .filter(line -> line.startsWith("-") && !line.equals(REQUIRE_HASHES))
                .toList();
        return List.of(new EnvironmentSpec(options, constraints, version).with(pyspark), this);
    }

    private static boolean isPyspark(String line) {
        Matcher matcher = PACKAGE.matcher(line);
        return matcher.matches() && matcher.group("name").equalsIgnoreCase("pyspark");
    }

    private static String extras(String line) {
        Matcher matcher = PACKAGE.matcher(line);
        return matcher.matches() && matcher.group("extras") != null ? "pyspark" + matcher.group("extras") : "";
    }

    /** The packages, for a sentence. */
    public String summary() {
        List<String> packages = requirements.stream()
                .filter(line -> !line.startsWith("-"))
                .map(line -> line.replaceFirst(" --hash.*", ""))
                .toList();
        return packages.size() <= 3
                ? String.join(", ", packages)
                : packages.stream().limit(2).collect(Collectors.joining(", ")) + " and " + (packages.size() - 2)
                        + " more";
    }

    /** Identifies the specification together with other facts that determine what is installed. */
    String hash(String... facts) {
        Sha256 digest = new Sha256();
        requirements.forEach(line -> digest.add("r " + line + "\n"));
        constraints.forEach(line -> digest.add("c " + line + "\n"));
        digest.add("python " + version + "\n");
        List.of(facts).forEach(fact -> digest.add("f " + fact + "\n"));
        return digest.hex(DIGITS);
    }
}
