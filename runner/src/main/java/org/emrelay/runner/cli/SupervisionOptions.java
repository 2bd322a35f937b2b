package org.emrelay.runner.cli;

import java.math.BigDecimal;
import java.nio.file.Path;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.Supervision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the actions that execute runs: how they watch over them. */
final class SupervisionOptions {
    @Option(
            names = "--max-cost",
            paramLabel = "USD",
            description = "On EMR: cancel the steps once the cluster has cost this much, in US dollars.")
    private @Nullable BigDecimal maxCost;

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description = "Append each event of the run to this file: one JSON object per line.")
    private @Nullable Path events;

    @Option(
            names = "--on-end",
            paramLabel = "COMMAND",
            description =
                    "Start this command when the run has ended, for at most 30 s and without a shell. EMRELAY_REPORT,"
                            + " EMRELAY_RUN, EMRELAY_PIPELINE and EMRELAY_STATUS are in its environment.")
    private String onEnd = "";

    Supervision supervision() {
        if (maxCost != null && maxCost.signum() <= 0) {
            throw CommandFailure.usage("--max-cost: '" + maxCost + "' is not a positive number of US dollars.");
        }
        return new Supervision(events, onEnd.strip(), maxCost);
    }
}
