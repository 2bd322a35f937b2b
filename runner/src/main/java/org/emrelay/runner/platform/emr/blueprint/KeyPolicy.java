package org.emrelay.runner.platform.emr.blueprint;

import static org.emrelay.runner.platform.aws.iam.PolicyDocument.allow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the roles may do with a KMS key that the file names. */
final class KeyPolicy {
    private static final List<String> USE = List.of(
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo");

    private KeyPolicy() {}

    /** EMR encrypts the disks, and lets EC2 use the key for them. */
    static void forService(@Nullable String key, List<Map<String, Object>> statements) {
        if (key == null) {
            return;
        }
        statements.add(use("DiskKey", USE, key));
        Map<String, Object> grant = use("DiskKeyForEc2", List.of("kms:CreateGrant"), key);
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("Bool", Map.of("kms:GrantIsForAWSResource", "true"));
        if (grant.get("Condition") instanceof Map<?, ?> alias) {
            alias.forEach((operator, operands) -> condition.put(String.valueOf(operator), operands));
        }
        grant.put("Condition", condition);
        statements.add(grant);
    }

    /** The nodes unlock their disks and encrypt their logs. */
    static void forNodes(String name, @Nullable String key, List<Map<String, Object>> statements) {
        if (key != null) {
            statements.add(
                    use(name, List.of("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"), key));
        }
    }

    /** IAM knows keys by their ids alone: a key that is named by its alias is any key that has this alias. */
    private static Map<String, Object> use(String name, List<String> actions, String key) {
        int alias = key.indexOf(":alias/");
        if (alias < 0) {
            return allow(name, actions, List.of(key));
        }
        return allow(
                name,
                actions,
                List.of(key.substring(0, alias) + ":key/*"),
                Map.of("ForAnyValue:StringEquals", Map.of("kms:ResourceAliases", key.substring(alias + 1))));
    }
}
