package org.emrelay.runner.fakeaws.emr;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.JsonTrees;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Page;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Creates, describes, lists and deletes security configurations, which EMR cannot tag. */
final class SecurityConfigurationOperations {
    private static final int PAGE_SIZE = 50;
    private static final List<String> KEYS = List.of(
            "EncryptionConfiguration",
            "AuthenticationConfiguration",
            "AuthorizationConfiguration",
            "InstanceMetadataServiceConfiguration");

    private final EmrState emr;
    private int sentences;

    SecurityConfigurationOperations(EmrState emr) {
        this.emr = emr;
    }

    void addTo(Operations operations) {
        operations
                .add("CreateSecurityConfiguration", this::create)
                .add("DescribeSecurityConfiguration", this::describe)
                .add("ListSecurityConfigurations", this::list)
                .add("DeleteSecurityConfiguration", this::delete);
    }

    private Fields create(Tree request) {
        String name = request.text("Name", "");
        RunJobFlowValidator.checkName("name", name);
        if (emr.securityConfigurations.containsKey(name)) {
            throw EmrState.invalidRequest(
                    sayOtherwise()
                            ? "SecurityConfiguration " + name + " is defined already."
                            : "Security configuration with name '" + name + "' already exists.");
        }
        String text = request.text("SecurityConfiguration", "");
        validate(text);
        emr.securityConfigurations.put(name, new EmrState.SecurityConfiguration(text, emr.now()));
        return Fields.of("Name", name).and("CreationDateTime", emr.now());
    }

    /** EMR's words are not a contract: every other sentence is worded differently. */
    private boolean sayOtherwise() {
        return sentences++ % 2 == 0;
    }

    private static void validate(String text) {
        Tree tree;
        try {
            tree = JsonTrees.read(text);
        } catch (AwsError notJson) {
            throw EmrState.invalidRequest("The security configuration is not valid JSON.");
        }
        if (tree.isEmpty() || !KEYS.containsAll(tree.fields().keySet())) {
            throw EmrState.invalidRequest("The security configuration must have some of the keys " + KEYS + ".");
        }
        Tree metadata = tree.tree("InstanceMetadataServiceConfiguration");
        if (!metadata.isEmpty()
                && (!metadata.has("MinimumInstanceMetadataServiceVersion")
                        || !metadata.has("HttpPutResponseHopLimit"))) {
            throw EmrState.invalidRequest("InstanceMetadataServiceConfiguration must have"
                    + " MinimumInstanceMetadataServiceVersion and HttpPutResponseHopLimit.");
        }
    }

    private EmrState.SecurityConfiguration requestedConfiguration(String name) {
        EmrState.SecurityConfiguration configuration = emr.securityConfigurations.get(name);
        if (configuration == null) {
            throw EmrState.invalidRequest(
                    sayOtherwise()
                            ? "No SecurityConfiguration named " + name + "."
                            : "Security configuration with name '" + name + "' does not exist.");
        }
        return configuration;
    }

    private Fields describe(Tree request) {
        String name = request.text("Name", "");
        EmrState.SecurityConfiguration configuration = requestedConfiguration(name);
        return Fields.of("Name", name)
                .and("SecurityConfiguration", configuration.text())
                .and("CreationDateTime", configuration.createdAt());
    }

    private Fields list(Tree request) {
        List<Fields> all = emr.securityConfigurations.entrySet().stream()
                .map(each -> Fields.of("Name", each.getKey())
                        .and("CreationDateTime", each.getValue().createdAt()))
                .toList();
        Page<Fields> page = Page.of(all, request.text("Marker"), PAGE_SIZE);
        return Fields.of("SecurityConfigurations", page.elements()).and("Marker", page.next());
    }

    private Fields delete(Tree request) {
        String name = request.text("Name", "");
        requestedConfiguration(name);
        boolean inUse = emr.clusters.values().stream()
                .anyMatch(cluster ->
                        !cluster.isTerminated() && name.equals(cluster.request.text("SecurityConfiguration")));
        if (inUse) {
            throw new AwsError(
                    400,
                    "InvalidRequestException",
                    "Security configuration '" + name + "' is in use by one or more active clusters.",
                    Map.of("ErrorCode", "ValidationException"));
        }
        emr.securityConfigurations.remove(name);
        return Fields.none();
    }
}
