package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.emr.orphan.Orphan;
import org.emrelay.runner.platform.emr.orphan.OwnedResource;
import org.emrelay.runner.platform.emr.provision.ResourceDeletion;
import org.jspecify.annotations.Nullable;

/**
 * AWS resources whose cluster no longer exists.
 *
 * @param withBuckets whether buckets are deleted too
 * @param deletion null before anything is deleted
 */
public record OrphanReport(List<Orphan> orphans, boolean withBuckets, ResourceDeletion.@Nullable Outcome deletion)
        implements Report {
    public OrphanReport {
        orphans = List.copyOf(orphans);
    }

    @Override
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        List<Map<String, Object>> resources = new ArrayList<>();
        for (Orphan orphan : orphans) {
            for (OwnedResource resource : orphan.resources()) {
                resources.add(document(orphan, resource));
            }
        }
        document.put("orphans", resources);
        if (deletion != null) {
            document.put("removed", deletion.removed());
            document.put("kept", deletion.kept());
            document.put("failed", deletion.failures());
        }
        return document;
    }

    private Map<String, Object> document(Orphan orphan, OwnedResource resource) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("cluster", orphan.owner().cluster());
        document.put("workspace", orphan.owner().workspaceId());
        document.put("kind", resource.kind().toString());
        document.put("name", resource.name());
        document.put("id", resource.id());
        document.put("created", resource.createdText());
        document.put("removable", orphan.removableResources(withBuckets).contains(resource));
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        if (deletion != null) {
            deletion.removed().forEach(resource -> out.println("removed " + resource));
            deletion.kept().forEach(resource -> out.println("kept    " + resource));
        } else if (orphans.isEmpty()) {
            out.println("No orphaned resources.");
        } else {
            out.print(table().text());
        }
    }

    private TextTable table() {
        TextTable table = new TextTable("CLUSTER", "CREATED BY", "RESOURCE", "NAME", "CREATED", "");
        for (Orphan orphan : orphans) {
            for (OwnedResource resource : orphan.resources()) {
                table.row(
                        orphan.owner().cluster(),
                        orphan.ownWorkspace()
                                ? "this workspace"
                                : "workspace " + orphan.owner().workspaceId(),
                        resource.kind().toString(),
                        resource.name(),
                        resource.createdText(),
                        fate(orphan, resource));
            }
        }
        return table;
    }

    private String fate(Orphan orphan, OwnedResource resource) {
        if (resource.isBucket() && !withBuckets) {
            return "kept: results and logs (--delete-bucket deletes it)";
        }
        return orphan.removable() ? "can be deleted" : "kept: younger than an hour, or of unknown age";
    }
}
