package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.model.InstanceFleet.Role;
import org.emrelay.runner.model.InstanceHardware;
import org.emrelay.runner.model.InstanceHardware.Architecture;

/** Parses all instance fleets and checks them together: roles and architectures. */
final class FleetsParser {
    private static final String PATH = "InstanceFleets";

    private final Problems problems;
    private final FleetParser fleetParser;

    FleetsParser(ClusterFieldValidator validator, ConfigurationsParser configurations) {
        this.problems = validator.problems();
        this.fleetParser = new FleetParser(validator, new InstanceTypeParser(validator, configurations));
    }

    List<InstanceFleet> parse(List<ClusterFile.FleetEntry> entries) {
        List<InstanceFleet> fleets = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            fleets.add(fleetParser.parse(entries.get(i), PATH + "[" + i + "]"));
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

    private void checkCount(Role role, long count, boolean required) {
        if (count > 1) {
            problems.error(PATH, "there are " + count + " " + role + " fleets; EMR allows one.");
        } else if (count == 0 && required) {
            problems.error(
                    PATH,
                    "the " + role + " fleet is missing.",
                    role == Role.MASTER
                            ? "Add one with TargetOnDemandCapacity 1."
                            : "Add one: it runs HDFS and executors.");
        }
    }

    /** Native libraries in jars and software from bootstrap actions are compiled for one architecture. */
    private void checkArchitectures(List<InstanceFleet> fleets) {
        Map<Architecture, String> firstTypes = new LinkedHashMap<>();
        for (InstanceFleet fleet : fleets) {
            fleet.types()
                    .forEach(type -> firstTypes.putIfAbsent(InstanceHardware.architectureOf(type.type()), type.type()));
        }
        if (firstTypes.size() > 1) {
            problems.warning(
                    PATH,
                    "the fleets mix " + Architecture.X86_64.label() + " (" + firstTypes.get(Architecture.X86_64)
                            + ") and " + Architecture.ARM_64.label() + " (" + firstTypes.get(Architecture.ARM_64)
                            + ") instances.",
                    "Every bootstrap action, custom AMI and native library in a jar must support both architectures;"
                            + " prefer instance types of one architecture.");
        }
    }
}
