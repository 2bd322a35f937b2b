package org.emrelay.runner.cli;

import org.emrelay.runner.model.Target;
import picocli.CommandLine.Option;

/** The option that selects the platform. */
final class TargetOption {
    @Option(
            names = {"-t", "--target"},
            paramLabel = "local|emr",
            defaultValue = "local",
            description = "Platform: local (default; no cost) or Amazon EMR.")
    Target target;
}
