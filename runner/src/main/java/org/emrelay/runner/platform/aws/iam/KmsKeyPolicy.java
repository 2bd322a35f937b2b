package org.emrelay.runner.platform.aws.iam;

import static org.emrelay.runner.platform.aws.iam.PolicyDocument.allow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The policy statements for KMS keys. Keys are given by the ARN of the key or of an alias. */
public final class KmsKeyPolicy {
    private static final List<String> KEY_USE_ACTIONS = List.of(
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo");

    private static final List<String> DECRYPTION_ACTIONS = List.of("kms:Decrypt", "kms:DescribeKey");

    private KmsKeyPolicy() {}

    /** EMR encrypts EBS volumes and grants EC2 the use of the key. */
    public static void forService(@Nullable String key, List<Map<String, Object>> statements) {
        if (key == null) {
            return;
        }
        statements.add(use("DiskKey", KEY_USE_ACTIONS, key));
        Map<String, Object> grant = use("DiskKeyForEc2", List.of("kms:CreateGrant"), key);
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("Bool", Map.of("kms:GrantIsForAWSResource", "true"));
        if (grant.get("Condition") instanceof Map<?, ?> alias) {
            alias.forEach((operator, operands) -> condition.put(String.valueOf(operator), operands));
        }
        grant.put("Condition", condition);
        statements.add(grant);
    }

    /** The nodes decrypt their EBS volumes and encrypt their logs. */
    public static void forNodes(String sid, @Nullable String key, List<Map<String, Object>> statements) {
        if (key != null) {
            statements.add(
                    use(sid, List.of("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"), key));
        }
    }

    /** The nodes read and write a bucket that encrypts its objects, or only read it. */
    public static Map<String, Object> forBucket(String sid, String key, boolean writes) {
        return use(sid, bucketActions(writes), key);
    }

    /** Firehose writes to a bucket that encrypts its objects. */
    public static Map<String, Object> forDelivery(String sid, String key) {
        return use(sid, List.of("kms:Decrypt", "kms:GenerateDataKey"), key);
    }

    /** The actions needed to encrypt EBS volumes. */
    public static List<String> volumeActions() {
        return Stream.concat(KEY_USE_ACTIONS.stream(), Stream.of("kms:CreateGrant"))
                .toList();
    }

    /** The actions needed to use a bucket that encrypts its objects. */
    public static List<String> bucketActions(boolean writes) {
        return writes ? KEY_USE_ACTIONS : DECRYPTION_ACTIONS;
    }

    /**
     * IAM resources cannot contain key aliases. A key given by alias becomes any key, with a condition on {@code
     * kms:ResourceAliases}.
     */
    private static Map<String, Object> use(String sid, List<String> actions, String key) {
        int alias = key.indexOf(":alias/");
        if (alias < 0) {
            return allow(sid, actions, List.of(key));
        }
        return allow(
                sid,
                actions,
                List.of(key.substring(0, alias) + ":key/*"),
                Map.of("ForAnyValue:StringEquals", Map.of("kms:ResourceAliases", key.substring(alias + 1))));
    }
}
