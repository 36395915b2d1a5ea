namespace Webhooks.Core.Http.Bodies;

/// <summary>A request body that knows how it is read. Takes part in a handler as <see cref="Body{T}"/>.</summary>
internal interface IBody<TSelf> where TSelf : class, IBody<TSelf>
{
    /// <summary>Whether no body at all stands for an empty object.</summary>
    static virtual bool MayBeLeftOut => false;

    /// <summary>
    /// Reads all fields, also after a faulty one, so that all faults are told at once. With faults the result is thrown away.
    /// </summary>
    static abstract TSelf Read(ObjectReader body);
}
