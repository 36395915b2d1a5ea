namespace Webhooks.Core.Http.Parameters;

/// <summary>A group of query parameters that knows how it is read. Takes part in a handler as <see cref="Query{T}"/>.</summary>
internal interface IQuery<TSelf> where TSelf : class, IQuery<TSelf>
{
    /// <summary>Reads all parameters, also after a faulty one. With faults the result is thrown away.</summary>
    static abstract TSelf Read(QueryReader query);
}
