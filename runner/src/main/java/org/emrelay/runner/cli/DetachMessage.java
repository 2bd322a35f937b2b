package org.emrelay.runner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.run.DetachedRisks;

/** What somebody has to know who turns away from a run whose steps go on. */
record DetachMessage(ClusterId cluster, DetachedRisks unwatched) {

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(
                unwatched.goingOn().isEmpty()
                        ? "Nothing of the run is in EMR's hands at this moment."
                        : names(unwatched.goingOn()) + (unwatched.goingOn().size() == 1 ? " goes" : " go")
                                + " on on the cluster without this runner.");
        lines.add("Come back with -a execute_steps -idc " + cluster + ", from any machine; stop the steps with"
                + " -a delete_steps --cancel -idc " + cluster + ".");
        List<String> meanwhile = new ArrayList<>();
        if (!unwatched.notHandedOver().isEmpty()) {
            meanwhile.add("not started: " + names(unwatched.notHandedOver()));
        }
        if (!unwatched.notRetried().isEmpty()) {
            meanwhile.add("not tried again if they fail: " + names(unwatched.notRetried()));
        }
        unwatched
                .notTimedOut()
                .forEach((step, limit) ->
                        meanwhile.add("not stopped after " + Quantities.duration(limit) + ": " + step));
        if (!unwatched.withoutPolicy().isEmpty()) {
            meanwhile.add("on_failure not heeded beyond the step itself: " + names(unwatched.withoutPolicy()));
        }
        if (!meanwhile.isEmpty()) {
            lines.add("Until then:");
            meanwhile.forEach(line -> lines.add("  " + line));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String names(List<StepName> steps) {
        return steps.stream().map(StepName::value).collect(Collectors.joining(", "));
    }
}
