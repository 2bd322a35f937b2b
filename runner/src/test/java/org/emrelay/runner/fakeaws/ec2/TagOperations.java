package org.emrelay.runner.fakeaws.ec2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Handles tags in create calls, CreateTags and DeleteTags; records every tag call. */
final class TagOperations {
    private final Ec2State ec2;

    TagOperations(Ec2State ec2) {
        this.ec2 = ec2;
    }

    void addTo(Operations operations) {
        operations.add("CreateTags", this::create).add("DeleteTags", this::delete);
    }

    /** The tags in the TagSpecifications of a create call. */
    static Map<String, String> fromSpecifications(Tree request, String resourceType) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Tree specification : request.trees("TagSpecification")) {
            if (!specification.text("ResourceType", "").equals(resourceType)) {
                throw new AwsError(
                        400,
                        "InvalidParameterValue",
                        "'" + specification.text("ResourceType")
                                + "' is not a valid taggable resource type for this operation.");
            }
            tags.putAll(validated(specification.trees("Tag")));
        }
        return tags;
    }

    private static Map<String, String> validated(List<Tree> requestTags) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Tree tag : requestTags) {
            String key = tag.text("Key", "");
            if (key.startsWith("aws:")) {
                throw new AwsError(
                        400,
                        "InvalidParameterValue",
                        "Value ( " + key
                                + " ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use");
            }
            if (key.isEmpty() || key.length() > 127) {
                throw new AwsError(
                        400, "InvalidParameterValue", "Tag key exceeds the maximum length of 127 characters");
            }
            if (tag.text("Value", "").length() > 255) {
                throw new AwsError(
                        400, "InvalidParameterValue", "Tag value exceeds the maximum length of 255 characters");
            }
            tags.put(key, tag.text("Value", ""));
        }
        if (tags.size() > 50) {
            throw new AwsError(400, "TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
        }
        return tags;
    }

    private Fields create(Tree request) {
        Map<String, String> tags = validated(request.trees("Tag"));
        List<String> resources = request.texts("ResourceId");
        resources.forEach(resource -> ec2.tagCalls.add(new Ec2State.TagCall("CreateTags", resource, tags)));
        resources.forEach(this::tagsOf);
        resources.forEach(resource -> tagsOf(resource).putAll(tags));
        return Fields.of("return", true);
    }

    private Fields delete(Tree request) {
        List<String> resources = request.texts("ResourceId");
        for (String resource : resources) {
            ec2.tagCalls.add(new Ec2State.TagCall("DeleteTags", resource, Map.of()));
            Map<String, String> tags = tagsOf(resource);
            request.trees("Tag").forEach(tag -> tags.remove(tag.text("Key", "")));
        }
        return Fields.of("return", true);
    }

    private Map<String, String> tagsOf(String resource) {
        return findTags(resource)
                .orElseThrow(() -> new AwsError(400, "InvalidID", "The ID '" + resource + "' is not valid"));
    }

    private Optional<Map<String, String>> findTags(String id) {
        if (ec2.groups.containsKey(id)) {
            return Optional.of(ec2.group(id).tags);
        }
        if (ec2.subnets.containsKey(id)) {
            return Optional.of(ec2.subnets.get(id).tags);
        }
        if (ec2.vpcs.containsKey(id)) {
            return Optional.of(ec2.vpcs.get(id).tags);
        }
        return ec2.routeTables.stream()
                .filter(table -> table.id.equals(id))
                .map(table -> table.tags)
                .findFirst()
                .or(() -> ec2.groups.values().stream()
                        .flatMap(group -> group.rules.stream())
                        .filter(rule -> rule.id.equals(id))
                        .map(rule -> rule.tags)
                        .findFirst());
    }
}
