package org.emrelay.runner.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.orphan.Orphan;
import org.emrelay.runner.platform.emr.provision.ResourceDeletion;
import org.emrelay.runner.report.TextTable;

/** Shows what is left on AWS of clusters that are gone, and removes it when somebody says yes. */
final class EmrOrphans {
    private final CliContext world;
    private final CommonOptions common;
    private final boolean yes;
    private final boolean withBucket;

    EmrOrphans(CliContext world, CommonOptions common, boolean yes, boolean withBucket) {
        this.world = world;
        this.common = common;
        this.yes = yes;
        this.withBucket = withBucket;
    }

    ExitCode carryOut(AwsOptions aws) throws IOException {
        try (EmrClusters clusters = EmrAccess.clusters(world, common, aws)) {
            List<Orphan> orphans = clusters.orphans();
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("orphans", documents(orphans));
            if (!common.json()) {
                print(orphans);
            }
            long going = orphans.stream()
                    .mapToLong(orphan -> orphan.going(withBucket).size())
                    .sum();
            if (going == 0) {
                printJson(document);
                return ExitCode.DONE;
            }
            try {
                Confirmation.of(world, yes)
                        .require("Remove " + going + (going == 1 ? " thing" : " things") + " of clusters that are gone"
                                + (withBucket ? ", buckets with all results in them among these?" : "?"));
            } catch (CommandFailure refusal) {
                printJson(document);
                throw refusal;
            }
            return tell(clusters.removeOrphans(orphans, withBucket), document);
        }
    }

    private void printJson(Map<String, Object> document) {
        if (common.json()) {
            world.out().print(JsonWriter.pretty(document));
        }
    }

    private void print(List<Orphan> orphans) {
        if (orphans.isEmpty()) {
            world.out().println("Nothing is left of clusters that are gone.");
            return;
        }
        TextTable table = new TextTable("CLUSTER", "MADE BY", "WHAT", "NAME", "CREATED", "");
        for (Orphan orphan : orphans) {
            for (Orphan.Left left : orphan.left()) {
                table.row(
                        orphan.owner().cluster(),
                        madeBy(orphan),
                        left.kind().toString(),
                        left.name(),
                        left.created(),
                        fate(orphan, left));
            }
        }
        world.out().print(table.text());
    }

    private static String madeBy(Orphan orphan) {
        return orphan.here() ? "this workspace" : "workspace " + orphan.owner().workspace();
    }

    private String fate(Orphan orphan, Orphan.Left left) {
        if (left.isBucket() && !withBucket) {
            return "stays: results and logs (--delete-bucket removes it)";
        }
        return orphan.sure() ? "may go" : "stays: younger than an hour, or of unknown age";
    }

    private List<Map<String, Object>> documents(List<Orphan> orphans) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Orphan orphan : orphans) {
            for (Orphan.Left left : orphan.left()) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("cluster", orphan.owner().cluster());
                document.put("workspace", orphan.owner().workspace());
                document.put("kind", left.kind().toString());
                document.put("name", left.name());
                document.put("id", left.id());
                document.put("created", left.created());
                document.put("removable", orphan.going(withBucket).contains(left));
                documents.add(document);
            }
        }
        return documents;
    }

    private ExitCode tell(ResourceDeletion.Outcome outcome, Map<String, Object> document) {
        document.put("removed", outcome.removed());
        document.put("kept", outcome.kept());
        document.put("failed", outcome.failures());
        printJson(document);
        if (!common.json()) {
            outcome.removed().forEach(what -> world.out().println("removed " + what));
            outcome.kept().forEach(what -> world.out().println("kept    " + what));
        }
        outcome.failures().forEach(sentence -> world.err().println(sentence));
        return outcome.isWhole() ? ExitCode.DONE : ExitCode.PLATFORM_FAILED;
    }
}
