resource "aws_iam_role" "service" {
  name = "${var.name}-service"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "elasticmapreduce.amazonaws.com"
        }
        Action = "sts:AssumeRole"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:elasticmapreduce:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:*"
          }
        }
      },
    ]
  })
  permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
  tags = {
    "emrelay:workspace" = var.name
    "emrelay:cluster"   = "books"
    team                = "data"
    "größe:x"           = ""
  }
}

resource "aws_iam_role_policy" "service" {
  name = "emrelay"
  role = aws_iam_role.service.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "TheseSubnets"
        Effect = "Allow"
        Action = [
          "ec2:RunInstances",
          "ec2:CreateFleet",
          "ec2:CreateLaunchTemplate",
          "ec2:CreateLaunchTemplateVersion",
          "ec2:CreateNetworkInterface",
        ]
        Resource = local.subnet_arns
      },
      {
        Sid    = "OurGroups"
        Effect = "Allow"
        Action = [
          "ec2:RunInstances",
          "ec2:CreateFleet",
          "ec2:CreateLaunchTemplate",
          "ec2:CreateLaunchTemplateVersion",
          "ec2:CreateNetworkInterface",
        ]
        Resource = [
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:security-group/*",
        ]
        Condition = {
          StringEquals = {
            "aws:ResourceTag/emrelay:workspace" = var.name
            "aws:ResourceTag/emrelay:cluster"   = "books"
          }
        }
      },
      {
        Sid    = "OurGroupsRules"
        Effect = "Allow"
        Action = [
          "ec2:AuthorizeSecurityGroupEgress",
          "ec2:AuthorizeSecurityGroupIngress",
          "ec2:RevokeSecurityGroupEgress",
          "ec2:RevokeSecurityGroupIngress",
        ]
        Resource = [
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:security-group/*",
        ]
        Condition = {
          StringEquals = {
            "aws:ResourceTag/emrelay:workspace" = var.name
            "aws:ResourceTag/emrelay:cluster"   = "books"
          }
        }
      },
      {
        Sid    = "AdditionalGroups"
        Effect = "Allow"
        Action = [
          "ec2:RunInstances",
          "ec2:CreateFleet",
          "ec2:CreateLaunchTemplate",
          "ec2:CreateLaunchTemplateVersion",
          "ec2:CreateNetworkInterface",
        ]
        Resource = [
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:security-group/sg-0123456789abcdef3",
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:security-group/sg-0123456789abcdef5",
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:security-group/sg-0123456789abcdef4",
        ]
      },
      {
        Sid    = "OurTemplates"
        Effect = "Allow"
        Action = ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplateVersion"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:launch-template/*",
        ]
        Condition = {
          StringEquals = {
            "aws:ResourceTag/emrelay:workspace" = var.name
            "aws:ResourceTag/emrelay:cluster"   = "books"
          }
        }
      },
      {
        Sid    = "MakeOurTemplates"
        Effect = "Allow"
        Action = ["ec2:CreateLaunchTemplate"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:launch-template/*",
        ]
        Condition = {
          StringEquals = {
            "aws:RequestTag/emrelay:workspace" = var.name
            "aws:RequestTag/emrelay:cluster"   = "books"
          }
        }
      },
      {
        Sid    = "LaunchOurMachines"
        Effect = "Allow"
        Action = ["ec2:RunInstances", "ec2:CreateFleet"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:instance/*",
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:volume/*",
        ]
        Condition = {
          StringEquals = {
            "aws:RequestTag/emrelay:workspace" = var.name
            "aws:RequestTag/emrelay:cluster"   = "books"
          }
        }
      },
      {
        Sid    = "LaunchWith"
        Effect = "Allow"
        Action = [
          "ec2:RunInstances",
          "ec2:CreateFleet",
          "ec2:CreateLaunchTemplate",
          "ec2:CreateLaunchTemplateVersion",
        ]
        Resource = [
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:network-interface/*",
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:fleet/*",
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}::image/ami-*",
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:key-pair/my key",
        ]
      },
      {
        Sid    = "MakeOurInterfaces"
        Effect = "Allow"
        Action = ["ec2:CreateNetworkInterface"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:network-interface/*",
        ]
        Condition = {
          StringEquals = {
            "aws:RequestTag/emrelay:workspace" = var.name
            "aws:RequestTag/emrelay:cluster"   = "books"
          }
        }
      },
      {
        Sid    = "EndOurs"
        Effect = "Allow"
        Action = [
          "ec2:DeleteLaunchTemplate",
          "ec2:DeleteNetworkInterface",
          "ec2:ModifyInstanceAttribute",
          "ec2:TerminateInstances",
        ]
        Resource = [
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:instance/*",
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:launch-template/*",
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:network-interface/*",
        ]
        Condition = {
          StringEquals = {
            "aws:ResourceTag/emrelay:workspace" = var.name
            "aws:ResourceTag/emrelay:cluster"   = "books"
          }
        }
      },
      {
        Sid    = "TagOurs"
        Effect = "Allow"
        Action = ["ec2:CreateTags", "ec2:DeleteTags"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:instance/*",
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:volume/*",
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:network-interface/*",
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:launch-template/*",
        ]
        Condition = {
          StringEquals = {
            "aws:ResourceTag/emrelay:workspace" = var.name
            "aws:ResourceTag/emrelay:cluster"   = "books"
          }
        }
      },
      {
        Sid    = "TagWhatIsMade"
        Effect = "Allow"
        Action = ["ec2:CreateTags"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:instance/*",
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:volume/*",
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:network-interface/*",
          "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:launch-template/*",
        ]
        Condition = {
          StringEquals = {
            "ec2:CreateAction" = [
              "RunInstances",
              "CreateFleet",
              "CreateLaunchTemplate",
              "CreateNetworkInterface",
            ]
          }
        }
      },
      {
        Sid    = "Look"
        Effect = "Allow"
        Action = [
          "ec2:DescribeAccountAttributes",
          "ec2:DescribeCapacityReservations",
          "ec2:DescribeDhcpOptions",
          "ec2:DescribeImages",
          "ec2:DescribeInstances",
          "ec2:DescribeInstanceTypeOfferings",
          "ec2:DescribeLaunchTemplates",
          "ec2:DescribeNetworkAcls",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeRouteTables",
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeSpotPriceHistory",
          "ec2:DescribeSubnets",
          "ec2:DescribeVolumes",
          "ec2:DescribeVolumeStatus",
          "ec2:DescribeVpcAttribute",
          "ec2:DescribeVpcEndpoints",
          "ec2:DescribeVpcs",
        ]
        Resource = ["*"]
      },
      {
        Sid    = "PassTheNodesRole"
        Effect = "Allow"
        Action = ["iam:PassRole"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/${aws_iam_role.nodes.name}",
        ]
        Condition = {
          StringLike = {
            "iam:PassedToService" = "ec2.amazonaws.com*"
          }
        }
      },
      {
        Sid    = "FirstSpotMachineOfTheAccount"
        Effect = "Allow"
        Action = ["iam:CreateServiceLinkedRole"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",
        ]
        Condition = {
          StringEquals = {
            "iam:AWSServiceName" = "spot.amazonaws.com"
          }
        }
      },
      {
        Sid    = "DiskKey"
        Effect = "Allow"
        Action = [
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
        ]
        Resource = ["arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"]
      },
      {
        Sid      = "DiskKeyForEc2"
        Effect   = "Allow"
        Action   = ["kms:CreateGrant"]
        Resource = ["arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"]
        Condition = {
          Bool = {
            "kms:GrantIsForAWSResource" = "true"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role" "nodes" {
  name = "${var.name}-nodes"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ec2.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
  tags = {
    "emrelay:workspace" = var.name
    "emrelay:cluster"   = "books"
    team                = "data"
    "größe:x"           = ""
  }
}

resource "aws_iam_role_policy" "nodes" {
  name = "emrelay"
  role = aws_iam_role.nodes.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "AboutTheBucket"
        Effect   = "Allow"
        Action   = ["s3:GetBucketLocation", "s3:ListBucketMultipartUploads"]
        Resource = ["arn:${data.aws_partition.current.partition}:s3:::${var.bucket}"]
      },
      {
        Sid      = "ListTheWorkspace"
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = ["arn:${data.aws_partition.current.partition}:s3:::${var.bucket}"]
      },
      {
        Sid    = "ReadTheWorkspace"
        Effect = "Allow"
        Action = ["s3:GetObject"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/scripts",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/scripts/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/input",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/input/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/steps",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/steps/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/bootstrap-emr",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/bootstrap-emr/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/output",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/output/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/logs/spark",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/logs/spark/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/logs",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/output_$folder$",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/logs/spark_$folder$",
        ]
      },
      {
        Sid    = "WriteOutputsAndEventLogs"
        Effect = "Allow"
        Action = [
          "s3:AbortMultipartUpload",
          "s3:DeleteObject",
          "s3:ListMultipartUploadParts",
          "s3:PutObject",
        ]
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/output/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/logs/spark/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/output_$folder$",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/logs/spark_$folder$",
        ]
      },
      {
        Sid    = "WriteTheLogs"
        Effect = "Allow"
        Action = ["s3:PutObject"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/logs/*",
        ]
      },
      {
        Sid    = "ProtectTheOperator"
        Effect = "Deny"
        Action = ["s3:*"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/runs/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/team/pipelines/cluster-fleet/*",
        ]
      },
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = ["arn:${data.aws_partition.current.partition}:s3:::my-company-logs/emr/*"]
      },
      {
        Sid      = "DiskKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"]
        Resource = ["arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"]
      },
      {
        Sid      = "LogKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"]
        Resource = ["arn:aws:kms:us-east-1:123456789012:key/*"]
        Condition = {
          "ForAnyValue:StringEquals" = {
            "kms:ResourceAliases" = "alias/logs"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "nodes" {
  for_each = toset([
    "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
    "arn:${data.aws_partition.current.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore",
  ])
  role       = aws_iam_role.nodes.name
  policy_arn = each.value
}

resource "aws_iam_role_policy" "steps" {
  name = "emrelay-steps"
  role = aws_iam_role.nodes.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "FindTheObjects"
        Effect   = "Allow"
        Action   = ["s3:GetBucketLocation", "s3:ListBucket"]
        Resource = ["arn:${data.aws_partition.current.partition}:s3:::code"]
      },
      {
        Sid    = "ReadTheObjects"
        Effect = "Allow"
        Action = ["s3:GetObject"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::code/jobs.jar",
          "arn:${data.aws_partition.current.partition}:s3:::code/jobs.jar/*",
        ]
      },
    ]
  })
}

resource "aws_iam_instance_profile" "nodes" {
  # EMR requires the name of the role.
  name = aws_iam_role.nodes.name
  role = aws_iam_role.nodes.name
  tags = {
    "emrelay:workspace" = var.name
    "emrelay:cluster"   = "books"
    team                = "data"
    "größe:x"           = ""
  }
}

resource "aws_emr_security_configuration" "this" {
  name = var.name
  configuration = jsonencode({
    InstanceMetadataServiceConfiguration = {
      MinimumInstanceMetadataServiceVersion = 2
      HttpPutResponseHopLimit               = 1
    }
    EncryptionConfiguration = {
      EnableInTransitEncryption = false
      EnableAtRestEncryption    = true
      AtRestEncryptionConfiguration = {
        LocalDiskEncryptionConfiguration = {
          EncryptionKeyProviderType = "AwsKms"
          AwsKmsKey                 = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
          EnableEbsEncryption       = true
        }
      }
    }
  })
}
