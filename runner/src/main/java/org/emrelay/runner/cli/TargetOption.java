package org.emrelay.runner.cli;

import org.emrelay.runner.model.Target;
import picocli.CommandLine.Option;

/** The platform that an action is about. */
final class TargetOption {
    @Option(
            names = {"-t", "--target"},
            paramLabel = "local|emr",
            defaultValue = "local",
            description = "This machine, which costs nothing (default), or Amazon EMR.")
    Target target;
}
