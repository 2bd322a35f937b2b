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
  tags = {
    "emrelay:workspace" = var.name
    "emrelay:cluster"   = "word-clouds"
    project             = "emrelay"
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
            "aws:ResourceTag/emrelay:cluster"   = "word-clouds"
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
            "aws:ResourceTag/emrelay:cluster"   = "word-clouds"
          }
        }
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
            "aws:ResourceTag/emrelay:cluster"   = "word-clouds"
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
            "aws:RequestTag/emrelay:cluster"   = "word-clouds"
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
            "aws:RequestTag/emrelay:cluster"   = "word-clouds"
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
            "aws:RequestTag/emrelay:cluster"   = "word-clouds"
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
            "aws:ResourceTag/emrelay:cluster"   = "word-clouds"
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
            "aws:ResourceTag/emrelay:cluster"   = "word-clouds"
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
  tags = {
    "emrelay:workspace" = var.name
    "emrelay:cluster"   = "word-clouds"
    project             = "emrelay"
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
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/scripts",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/scripts/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/input",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/input/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/steps",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/steps/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/bootstrap-emr",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/bootstrap-emr/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/output",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/output/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/logs/spark",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/logs/spark/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/logs",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/output_$folder$",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/logs/spark_$folder$",
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
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/output/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/logs/spark/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/output_$folder$",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/logs/spark_$folder$",
        ]
      },
      {
        Sid      = "WriteTheLogs"
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = ["arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/logs/*"]
      },
      {
        Sid    = "ProtectTheOperator"
        Effect = "Deny"
        Action = ["s3:*"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/runs/*",
          "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/cluster-fleet/*",
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
    "emrelay:cluster"   = "word-clouds"
    project             = "emrelay"
  }
}

resource "aws_emr_security_configuration" "this" {
  name = var.name
  configuration = jsonencode({
    InstanceMetadataServiceConfiguration = {
      MinimumInstanceMetadataServiceVersion = 2
      HttpPutResponseHopLimit               = 1
    }
  })
}
