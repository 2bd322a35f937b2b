package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.model.InstanceFleet.Role;
import org.emrelay.runner.model.InstanceHardware;
import org.emrelay.runner.model.InstanceHardware.Architecture;

/** Turns the file's fleets into the model's and checks what concerns them together: which there are, and what processors they have. */
final class FleetsParser {
    private static final String PATH = "InstanceFleets";

    private final Problems problems;
    private final FleetParser fleet;

    FleetsParser(ClusterFields fields, ConfigurationsParser configurations) {
        this.problems = fields.problems();
        this.fleet = new FleetParser(fields, new InstanceTypeParser(fields, configurations));
    }

    List<InstanceFleet> read(List<ClusterFile.FleetEntry> entries) {
        List<InstanceFleet> fleets = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            fleets.add(fleet.read(entries.get(i), PATH + "[" + i + "]"));
        }
        checkRoles(entries);
        checkArchitectures(fleets);
        return fleets;
    }

    private void checkRoles(List<ClusterFile.FleetEntry> entries) {
        if (entries.stream().anyMatch(entry -> entry.instanceFleetType() == null)) {
            return;
        }
        checkCount(Role.MASTER, count(entries, Role.MASTER), true);
        checkCount(Role.CORE, count(entries, Role.CORE), true);
        checkCount(Role.TASK, count(entries, Role.TASK), false);
    }

    private static long count(List<ClusterFile.FleetEntry> entries, Role role) {
        return entries.stream()
                .filter(entry -> role.name().equals(entry.instanceFleetType()))
                .count();
    }

    private void checkCount(Role role, long count, boolean needed) {
        if (count > 1) {
            problems.error(PATH, "there are " + count + " fleets of type " + role + "; EMR takes one.");
        } else if (count == 0 && needed) {
            problems.error(
                    PATH,
                    "there is no fleet of type " + role + ".",
                    role == Role.MASTER
                            ? "Add one with TargetOnDemandCapacity 1."
                            : "Add one: executors and the cluster's own file system run on it.");
        }
    }

    /** Native code in jars, and what a bootstrap action installs, is compiled for one kind of processor. */
    private void checkArchitectures(List<InstanceFleet> fleets) {
        Map<Architecture, String> firstOfKind = new LinkedHashMap<>();
        for (InstanceFleet each : fleets) {
            each.types()
                    .forEach(
                            type -> firstOfKind.putIfAbsent(InstanceHardware.architectureOf(type.type()), type.type()));
        }
        if (firstOfKind.size() > 1) {
            problems.warning(
                    PATH,
                    "the fleets mix " + Architecture.X86_64.word() + " (" + firstOfKind.get(Architecture.X86_64)
                            + ") and " + Architecture.ARM_64.word() + " (" + firstOfKind.get(Architecture.ARM_64)
                            + ") machines.",
                    "Then every bootstrap action, custom image and native library in a jar must be there for both;"
                            + " types of one kind are the safe choice.");
        }
    }
}
