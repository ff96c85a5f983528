import { buildSchema } from 'graphql';

/** What can be asked at `/graphql`; the fields are those ML-Dash's clients select, and what belongs beside them. */
export const schema = buildSchema(/* GraphQL */ `
  "Any JSON value"
  scalar JSON
  "A whole number past 32 bits"
  scalar Long

  enum ExperimentStatus {
    RUNNING
    COMPLETED
    FAILED
    CANCELLED
    ARCHIVED
  }
  enum NodeType {
    FOLDER
    EXPERIMENT
    FILE
  }

  type User {
    id: ID!
    username: String!
    email: String
    name: String
    given_name: String
    family_name: String
    picture: String
  }

  type Namespace {
    id: ID!
    slug: String!
    projects: [Project!]!
  }

  type Project {
    id: ID!
    name: String!
    slug: String!
    description: String
    tags: [String!]!
    namespace: Namespace!
    experimentCount: Int!
    createdAt: String!
    updatedAt: String!
    "The tree below a node, below the top when null; no deeper than 25"
    nodes(parentId: ID, maxDepth: Int): [Node!]!
  }

  type Node {
    id: ID!
    name: String!
    type: NodeType!
    pPath: String!
    experimentId: ID
    parentId: ID
    description: String
    tags: [String!]!
    metadata: JSON
    createdAt: String!
    updatedAt: String!
    physicalFile: PhysicalFile
    children: [Node!]!
  }

  type PhysicalFile {
    id: ID!
    filename: String!
    contentType: String!
    sizeBytes: Long!
    checksum: String!
    s3Url: String
  }

  type File {
    id: ID!
    name: String!
    path: String!
    pPath: String!
    description: String
    tags: [String!]!
    metadata: JSON
    createdAt: String!
    updatedAt: String!
    physicalFile: PhysicalFile
  }
  type FilePage {
    files: [File!]!
    totalCount: Int!
    hasMore: Boolean!
  }

  type LogMetadata {
    totalLogs: Long!
  }
  type MetricMetadata {
    totalDataPoints: Long!
  }
  type Metric {
    id: ID!
    name: String!
    description: String
    tags: [String!]!
    metadata: JSON
    metricMetadata: MetricMetadata!
  }
  type Parameters {
    id: ID!
    data: JSON!
  }

  type Experiment {
    id: ID!
    name: String!
    description: String
    tags: [String!]!
    bindrs: [String!]!
    status: ExperimentStatus!
    metadata: JSON
    projectId: ID!
    project: Project!
    startedAt: String
    endedAt: String
    createdAt: String!
    updatedAt: String!
    "Folders and name"
    displayPath: String!
    trackCount: Int!
    logMetadata: LogMetadata!
    metrics: [Metric!]!
    "The first 500"
    files: [File!]!
    filesPaginated(limit: Int = 100, offset: Int = 0): FilePage!
    parameters: Parameters
  }
  type ExperimentPage {
    experiments: [Experiment!]!
    totalCount: Int!
    hasMore: Boolean!
  }
  type ProjectPage {
    projects: [Project!]!
    totalCount: Int!
    hasMore: Boolean!
  }

  type Query {
    me: User!
    namespace(slug: String!): Namespace
    "By id, or by both slugs"
    project(id: ID, namespaceSlug: String, projectSlug: String): Project
    experimentNode(experimentId: ID!): Node
    experimentById(id: ID!): Experiment
    experiment(namespaceSlug: String, projectSlug: String!, experimentName: String!): Experiment
    projectsPaginated(namespaceSlug: String, limit: Int!, offset: Int!): ProjectPage!
    experimentsPaginated(
      namespaceSlug: String
      projectSlug: String!
      status: ExperimentStatus
      limit: Int!
      offset: Int!
    ): ExperimentPage!
    "A glob over namespace/project/experiment"
    searchExperimentsPaginated(pattern: String!, limit: Int!, offset: Int!): ExperimentPage!
  }

  type Mutation {
    "The name your access token stands for"
    updateUser(username: String!): User!
  }
`);
